"""Functions called around ``forward``: they see, and may replace, inputs and outputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from adapters.reference.handle import RemovableHandle, added
from adapters.reference.nn.backward_hooks import BackwardHooks


class Hooks:
    """The part of a module that keeps and calls hooks."""

    _backward_hooks: dict[int, Callable[..., Any]]
    _backward_pre_hooks: dict[int, Callable[..., Any]]
    _forward_hooks: dict[int, tuple[Callable[..., Any], bool, bool]]
    _forward_pre_hooks: dict[int, tuple[Callable[..., Any], bool]]

    def forward(self, *inputs: Any, **options: Any) -> Any:
        """Compute the output."""
        raise NotImplementedError

    def register_forward_hook(
        self, hook: Callable[..., Any], *, prepend: bool = False, with_kwargs: bool = False, always_call: bool = False
    ) -> RemovableHandle:
        """Call ``hook(module, args, output)`` after ``forward``; what it returns, if not ``None``, is the output.

        Args:
            hook: The function; with ``with_kwargs`` it is called ``hook(module, args, kwargs, output)``.
            prepend: Call it before the hooks that there are.
            with_kwargs: Give it the keyword arguments too.
            always_call: Call it, with an output of ``None``, also where ``forward`` raises.
        """
        return added(self._forward_hooks, (hook, with_kwargs, always_call), prepend)

    def register_forward_pre_hook(
        self, hook: Callable[..., Any], *, prepend: bool = False, with_kwargs: bool = False
    ) -> RemovableHandle:
        """Call ``hook(module, args)`` before ``forward``; what it returns, if not ``None``, are the inputs.

        Args:
            hook: The function; with ``with_kwargs`` it is called ``hook(module, args, kwargs)`` and returns both.
            prepend: Call it before the hooks that there are.
            with_kwargs: Give it the keyword arguments too.
        """
        return added(self._forward_pre_hooks, (hook, with_kwargs), prepend)

    def register_full_backward_hook(self, hook: Callable[..., Any], prepend: bool = False) -> RemovableHandle:
        """Call ``hook(module, grad_input, grad_output)`` when the gradients of the inputs are known.

        Args:
            hook: What it returns, if not ``None``, takes the place of ``grad_input``.
            prepend: Call it before the hooks that there are.
        """
        return added(self._backward_hooks, hook, prepend)

    def register_full_backward_pre_hook(self, hook: Callable[..., Any], prepend: bool = False) -> RemovableHandle:
        """Call ``hook(module, grad_output)`` when the gradients of the outputs are known.

        Args:
            hook: What it returns, if not ``None``, takes the place of ``grad_output``.
            prepend: Call it before the hooks that there are.
        """
        return added(self._backward_pre_hooks, hook, prepend)

    def call_with_hooks(self, inputs: tuple[Any, ...], options: dict[str, Any]) -> Any:
        """Call the pre-hooks, ``forward`` and the hooks."""
        for hook, with_options in list(self._forward_pre_hooks.values()):
            replaced = hook(self, inputs, options) if with_options else hook(self, inputs)
            if replaced is None:
                continue
            if with_options:
                inputs, options = _both(replaced)
            else:
                inputs = replaced if isinstance(replaced, tuple) else (replaced,)
        called: set[int] = set()
        backward = None
        try:
            if self._backward_hooks or self._backward_pre_hooks:
                before, after = list(self._backward_pre_hooks.values()), list(self._backward_hooks.values())
                backward = BackwardHooks(self, before, after)
                inputs = backward.enter(inputs)
            output = self.forward(*inputs, **options)
            for key, (hook, with_options, _) in list(self._forward_hooks.items()):
                called.add(key)
                replaced = hook(self, inputs, options, output) if with_options else hook(self, inputs, output)
                output = output if replaced is None else replaced
        except Exception:
            for key, (hook, with_options, always) in list(self._forward_hooks.items()):
                if always and key not in called:
                    _ = hook(self, inputs, options, None) if with_options else hook(self, inputs, None)
            raise
        return output if backward is None else backward.leave(output)


def _both(replaced: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    if not (isinstance(replaced, tuple) and len(replaced) == 2):
        raise RuntimeError(f"forward pre-hook with_kwargs: expected None or (args, kwargs), not {replaced!r}")
    inputs, options = replaced
    return inputs, options
