"""The tree of modules, and what is listed by walking it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from adapters.reference.nn.module import Module
    from adapters.reference.nn.parameter import Parameter
    from adapters.reference.tensor import Tensor


class Walk:
    """The part of a module that lists modules, parameters and buffers, each once, in order of registration."""

    _parameters: dict[str, Parameter | None]
    _buffers: dict[str, Tensor | None]
    _modules: dict[str, Module | None]

    def named_children(self) -> Iterator[tuple[str, Module]]:
        """Yield the modules directly below, with their names."""
        seen = set()
        for name, module in self._modules.items():
            if module is not None and module not in seen:
                seen.add(module)
                yield name, module

    def children(self) -> Iterator[Module]:
        """Yield the modules directly below."""
        for _, module in self.named_children():
            yield module

    def named_modules(
        self, memo: set[Any] | None = None, prefix: str = "", remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Any]]:
        """Yield this module and all below, with their dotted names, each before what is below it."""
        seen = set() if memo is None else memo
        if self in seen:
            return
        if remove_duplicate:
            seen.add(self)
        yield prefix, self
        for name, module in self._modules.items():
            if module is not None:
                yield from module.named_modules(seen, f"{prefix}.{name}" if prefix else name, remove_duplicate)

    def modules(self) -> Iterator[Any]:
        """Yield this module and all below."""
        for _, module in self.named_modules():
            yield module

    def _named_members(
        self, kind: str, prefix: str, recurse: bool, remove_duplicate: bool
    ) -> Iterator[tuple[str, Any]]:
        seen = set()
        modules = self.named_modules(None, prefix, remove_duplicate) if recurse else [(prefix, self)]
        for path, module in modules:
            for name, member in getattr(module, kind).items():
                if member is None or id(member) in seen:
                    continue
                if remove_duplicate:
                    seen.add(id(member))
                yield f"{path}.{name}" if path else name, member

    def named_parameters(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Parameter]]:
        """Yield the parameters with their dotted names; one that two attributes share is listed once."""
        return self._named_members("_parameters", prefix, recurse, remove_duplicate)

    def parameters(self, recurse: bool = True) -> Iterator[Parameter]:
        """Yield the parameters of this module and, with ``recurse``, of all below."""
        for _, parameter in self.named_parameters(recurse=recurse):
            yield parameter

    def named_buffers(
        self, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True
    ) -> Iterator[tuple[str, Tensor]]:
        """Yield the buffers with their dotted names."""
        return self._named_members("_buffers", prefix, recurse, remove_duplicate)

    def buffers(self, recurse: bool = True) -> Iterator[Tensor]:
        """Yield the buffers of this module and, with ``recurse``, of all below."""
        for _, buffer in self.named_buffers(recurse=recurse):
            yield buffer

    def get_submodule(self, target: str) -> Module:
        """Return the module of the dotted name ``target``; this one for the empty name.

        Raises:
            AttributeError: There is none.
        """
        module: Any = self
        for name in target.split(".") if target else []:
            below = vars(module)["_modules"].get(name)
            if below is None:
                raise AttributeError(f"{type(module).__name__} has no module {name!r}, which {target!r} names")
            module = below
        found: Module = module
        return found

    def set_submodule(self, target: str, module: Module, strict: bool = False) -> None:
        """Put ``module`` in the place of the dotted name ``target``.

        Args:
            target: The name; the module that it is below must be there.
            module: What to put there.
            strict: Refuse a name that has no module yet.

        Raises:
            ValueError: ``target`` is empty, or ``module`` no module.
            AttributeError: There is no module to put it below or, with ``strict``, none to replace.
        """
        if target == "":
            raise ValueError("set_submodule: target: expected the name of a submodule, not an empty one")
        if not isinstance(module, Walk):
            raise ValueError(f"set_submodule: module: expected a Module, not {module!r}")
        path, _, name = target.rpartition(".")
        if strict:
            self.get_submodule(target)
        setattr(self.get_submodule(path), name, module)

    def get_parameter(self, target: str) -> Parameter:
        """Return the parameter of the dotted name ``target``."""
        found: Parameter = self._member("_parameters", target)
        return found

    def get_buffer(self, target: str) -> Tensor:
        """Return the buffer of the dotted name ``target``."""
        found: Tensor = self._member("_buffers", target)
        return found

    def _member(self, kind: str, target: str) -> Any:
        path, _, name = target.rpartition(".")
        member = getattr(self.get_submodule(path), kind).get(name)
        if member is None:
            raise AttributeError(f"{type(self).__name__} has none of {kind[1:]} named {target!r}")
        return member
