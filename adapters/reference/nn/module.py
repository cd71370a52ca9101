"""The base class of everything that has parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from adapters.reference.autograd.mode import no_grad
from adapters.reference.dtype import FLOATING, DType, bfloat16, float16, float32, float64
from adapters.reference.nn.hooks import Hooks
from adapters.reference.nn.parameter import Buffer, Parameter
from adapters.reference.nn.state import State
from adapters.reference.nn.walk import Walk
from adapters.reference.tensor import Tensor

Self = TypeVar("Self", bound="Module")


_MAPPINGS = (
    "_parameters",
    "_buffers",
    "_modules",
    "_backward_hooks",
    "_backward_pre_hooks",
    "_forward_hooks",
    "_forward_pre_hooks",
    "_load_state_post_hooks",
    "_load_state_pre_hooks",
    "_state_post_hooks",
    "_state_pre_hooks",
)
"""What every module keeps, in dictionaries in order of registration."""


class Module(Walk, State, Hooks):
    """A function with parameters. A subclass registers them by assigning attributes, and defines ``forward``."""

    training: bool

    def __init__(self) -> None:
        empty: dict[str, Any]
        for name in _MAPPINGS:
            empty = {}
            object.__setattr__(self, name, empty)
        object.__setattr__(self, "_transient", set())
        object.__setattr__(self, "training", True)

    def forward(self, *inputs: Any, **options: Any) -> Any:
        """Compute the output. Every subclass defines it."""
        raise NotImplementedError(f'{type(self).__name__} lacks the required method "forward"')

    def __call__(self, *inputs: Any, **options: Any) -> Any:
        """Return what ``forward`` gives, the hooks called around it."""
        if self._forward_hooks or self._forward_pre_hooks or self._backward_hooks or self._backward_pre_hooks:
            return self.call_with_hooks(inputs, options)
        return self.forward(*inputs, **options)

    def __setattr__(self, name: str, value: Any) -> None:
        held = vars(self)
        kind = "_parameters" if isinstance(value, Parameter) else "_modules" if isinstance(value, Module) else None
        kind = "_buffers" if isinstance(value, Buffer) else kind
        if "_parameters" not in held:
            if kind is not None:
                raise AttributeError(
                    f"{type(self).__name__}.{name}: a parameter, buffer or module was assigned before "
                    "super().__init__() was called: call it first in __init__"
                )
            object.__setattr__(self, name, value)
        elif kind != "_parameters" and name in held["_parameters"]:
            self._assign_other(name, value)  # only a parameter takes the name of a parameter
        elif kind == "_buffers":
            self._forget(name)
            self.register_buffer(name, value, persistent=value.persistent)
        elif kind is not None:
            self._forget(name, but=kind)
            held[kind][name] = value
        else:
            self._assign_other(name, value)

    def _assign_other(self, name: str, value: Any) -> None:
        """Assign what is no parameter or module; a registered name takes ``None``, and a buffer's a tensor."""
        held = vars(self)
        for kind, expected in (("_parameters", Parameter), ("_modules", Module), ("_buffers", Tensor)):
            if name in held[kind]:
                if value is not None and not isinstance(value, expected):
                    raise TypeError(
                        f"{type(self).__name__}.{name} is one of the module's {kind[1:]}: "
                        f"expected a {expected.__name__} or None, not a {type(value).__name__}"
                    )
                held[kind][name] = value
                return
        object.__setattr__(self, name, value)

    def _forget(self, name: str, but: str = "") -> None:
        held = vars(self)
        held.pop(name, None)
        for kind in ("_parameters", "_modules", "_buffers"):
            if kind != but:
                held[kind].pop(name, None)

    def __getattr__(self, name: str) -> Any:
        held = vars(self)
        for kind in ("_parameters", "_buffers", "_modules"):
            if kind in held and name in held[kind]:
                return held[kind][name]
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __delattr__(self, name: str) -> None:
        held = vars(self)
        for kind in ("_parameters", "_buffers", "_modules"):
            if name in held.get(kind, ()):
                del held[kind][name]
                self._transient.discard(name)
                return
        object.__delattr__(self, name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._parameters, *self._buffers, *self._modules})

    def register_parameter(self, name: str, param: Parameter | None) -> None:
        """Add a parameter; ``None`` reserves the name and is not listed.

        Raises:
            TypeError: ``name`` is no string, or ``param`` no parameter.
            KeyError: The name is empty, has a dot, or is taken.
            ValueError: The parameter is not a leaf.
        """
        if param is not None and not isinstance(param, Parameter):
            raise TypeError(f"parameter {name!r}: expected a Parameter or None, not a {type(param).__name__}")
        self._register("_parameters", name, param)

    def register_buffer(self, name: str, tensor: Tensor | None, persistent: bool = True) -> None:
        """Add a tensor that is state but not trained; ``state_dict`` includes it where ``persistent``."""
        if tensor is not None and not isinstance(tensor, Tensor):
            raise TypeError(f"buffer {name!r}: expected a Tensor or None, not a {type(tensor).__name__}")
        self._register("_buffers", name, tensor)
        (self._transient.discard if persistent else self._transient.add)(name)

    def register_module(self, name: str, module: Module | None) -> None:
        """Add a module as an attribute of the given name."""
        if module is not None and not isinstance(module, Module):
            raise TypeError(f"module {name!r}: expected a Module or None, not a {type(module).__name__}")
        self._register("_modules", name, module)

    add_module = register_module

    def _register(self, kind: str, name: str, value: Any) -> None:
        if "_parameters" not in vars(self):
            raise AttributeError(f"{name!r} cannot be registered before super().__init__() was called")
        if not isinstance(name, str):
            raise TypeError(f"expected a name that is a str, not {name!r}")
        if name == "" or "." in name:
            raise KeyError(f"expected a name that is not empty and has no dot, not {name!r}")
        if hasattr(self, name) and name not in getattr(self, kind):
            raise KeyError(f"attribute {name!r} already exists")
        getattr(self, kind)[name] = value

    def train(self: Self, mode: bool = True) -> Self:
        """Set ``training`` of this module and of all below to ``mode``; return the module."""
        if not isinstance(mode, bool):
            raise ValueError(f"train: mode: expected a bool, not {mode!r}")
        for module in self.modules():
            module.training = mode
        return self

    def eval(self: Self) -> Self:
        """Leave training mode: ``train(False)``."""
        return self.train(False)

    def requires_grad_(self: Self, requires_grad: bool = True) -> Self:
        """Set ``requires_grad`` of every parameter; return the module."""
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Set the gradient of every parameter to ``None``, or to zeros."""
        for parameter in self.parameters():
            clear_grad(parameter, set_to_none=set_to_none)

    def apply(self: Self, fn: Callable[[Module], None]) -> Self:
        """Call ``fn`` with every module below, children first, and with this one; return the module."""
        for child in self.children():
            child.apply(fn)
        fn(self)
        return self

    def to(self: Self, *args: Any, **options: Any) -> Self:
        """Convert floating-point parameters and buffers to a dtype, in place; return the module."""
        with no_grad():
            for tensor in [*self.parameters(), *self.buffers()]:
                dtype = next((value for value in (*args, *options.values()) if isinstance(value, DType)), None)
                if dtype is not None and dtype.category != FLOATING:
                    raise TypeError(f"Module.to: dtype: expected a floating point dtype, not {dtype}")
                if tensor.dtype.category == FLOATING:
                    tensor.data = tensor.data.to(*args, **options)
                    if tensor.stored_grad is not None:
                        tensor.stored_grad = tensor.stored_grad.to(*args, **options)
        return self

    def float(self: Self) -> Self:
        """Convert to float32, in place."""
        return self.to(float32)

    def double(self: Self) -> Self:
        """Convert to float64, in place."""
        return self.to(float64)

    def half(self: Self) -> Self:
        """Convert to float16, in place."""
        return self.to(float16)

    def bfloat16(self: Self) -> Self:
        """Convert to bfloat16, in place."""
        return self.to(bfloat16)

    def type(self: Self, dst_type: DType) -> Self:
        """Convert every parameter and buffer, those of integers too, in place."""
        with no_grad():
            for tensor in [*self.parameters(), *self.buffers()]:
                tensor.data = tensor.data.to(dst_type)
        return self

    def cpu(self: Self) -> Self:
        """Return the module: it is on the CPU."""
        return self

    def extra_repr(self) -> str:
        """Return the text between the parentheses: the options of the module."""
        return ""

    def __repr__(self) -> str:
        lines = [f"({name}): {_indented(repr(module))}" for name, module in self._modules.items()]
        extra = self.extra_repr().split("\n") if self.extra_repr() else []
        if not lines and len(extra) <= 1:
            return f"{self._get_name()}({''.join(extra)})"
        return f"{self._get_name()}(\n  " + "\n  ".join([*extra, *lines]) + "\n)"

    def _get_name(self) -> str:
        return type(self).__name__


def clear_grad(parameter: Tensor, *, set_to_none: bool) -> None:
    """Set a gradient to ``None``, or to zeros in its own memory, off the tape."""
    held = parameter.stored_grad
    if held is None:
        return
    if set_to_none:
        parameter.stored_grad = None
    else:
        held.node = None
        held.tracked = False
        held.zero_()


def _indented(text: str) -> str:
    return text.replace("\n", "\n  ")
