"""Modules in a row: ``Sequential`` and ``ModuleList``."""

from __future__ import annotations

import operator
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from adapters.reference.nn.module import Module

Self = TypeVar("Self", bound="Row")


class Row(Module):
    """Modules under the names 0, 1, 2 ..., or under names of their own."""

    def __len__(self) -> int:
        return len(self._modules)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._modules.values())

    def _key(self, index: int) -> str:
        position = operator.index(index)
        if not -len(self) <= position < len(self):
            raise IndexError(f"index {position} is out of range: there are {len(self)} modules")
        return list(self._modules)[position]

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return self._part(list(self._modules.items())[index])
        return self._modules[self._key(index)]

    def _part(self, entries: list[tuple[str, Any]]) -> Any:
        raise NotImplementedError

    def __setitem__(self, index: int, module: Module) -> None:
        setattr(self, self._key(index), module)

    def __delitem__(self, index: int | slice) -> None:
        keys = list(self._modules)[index] if isinstance(index, slice) else [self._key(index)]
        for key in keys:
            delattr(self, key)
        self._renumber(list(self._modules.values()))

    def _renumber(self, modules: list[Any]) -> None:
        self._modules.clear()
        self._modules.update({str(position): module for position, module in enumerate(modules)})

    def append(self: Self, module: Module) -> Self:
        """Add a module at the end; return the row."""
        self.add_module(str(len(self)), module)
        return self

    def extend(self: Self, modules: Iterable[Module]) -> Self:
        """Add modules at the end; return the row."""
        for module in list(modules):
            self.append(module)
        return self

    def insert(self: Self, index: int, module: Module) -> Self:
        """Add a module before the one at ``index``; return the row."""
        if not isinstance(module, Module):
            raise AssertionError(f"insert: expected a Module, not {module!r}")
        if not -len(self) <= index <= len(self):
            raise IndexError(f"insert: index {index} is out of range: there are {len(self)} modules")
        modules = list(self)
        modules.insert(index, module)
        self._renumber(modules)
        return self


class Sequential(Row):
    """Modules called one after another, each with what the one before gave.

    Args:
        args: The modules, or one ``OrderedDict`` of names and modules.
    """

    def __init__(self, *args: Any) -> None:
        super().__init__()
        named = args[0].items() if len(args) == 1 and isinstance(args[0], OrderedDict) else None
        for name, module in (
            ((str(position), module) for position, module in enumerate(args)) if named is None else named
        ):
            self.add_module(name, module)

    def __add__(self, other: Sequential) -> Sequential:
        if not isinstance(other, Sequential):
            raise ValueError(f"Sequential + other: expected another Sequential, not a {type(other).__name__}")
        return Sequential(*self, *other)

    def pop(self, key: int | slice) -> Any:
        """Remove the module at ``key``, or those of a slice, and return what was removed."""
        removed = self[key]
        del self[key]
        return removed

    def _part(self, entries: list[tuple[str, Any]]) -> Sequential:
        return type(self)(OrderedDict(entries))

    def forward(self, input: Any) -> Any:
        """Return the input passed through all modules."""
        for module in self:
            input = module(input)
        return input


class ModuleList(Row):
    """Modules in a list that registers them. It has no ``forward``.

    Args:
        modules: The modules to start with.
    """

    def __init__(self, modules: Iterable[Module] | None = None) -> None:
        super().__init__()
        if modules is not None:
            self.extend(modules)

    def _part(self, entries: list[tuple[str, Any]]) -> ModuleList:
        return type(self)([module for _, module in entries])

    def __iadd__(self, modules: Iterable[Module]) -> ModuleList:
        return self.extend(modules)

    def __repr__(self) -> str:
        texts = [repr(module).replace("\n", "\n  ") for module in self]
        lines: list[tuple[int, int, str]] = []
        for position, text in enumerate(texts):  # equal neighbours share a line: (0-2): 3 x Linear(...)
            if lines and lines[-1][2] == text:
                lines[-1] = (lines[-1][0], position, text)
            else:
                lines.append((position, position, text))
        if not lines:
            return f"{self._get_name()}()"
        shown = [
            f"({first}): {text}" if first == last else f"({first}-{last}): {last - first + 1} x {text}"
            for first, last, text in lines
        ]
        return f"{self._get_name()}(\n  " + "\n  ".join(shown) + "\n)"
