"""Modules under names: ``ModuleDict``."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import Any

from adapters.reference.nn.module import Module


class ModuleDict(Module):
    """Modules in a dictionary that registers them, in order of insertion. It has no ``forward``.

    Args:
        modules: A mapping of names to modules, or pairs of both.
    """

    def __init__(self, modules: Any = None) -> None:
        super().__init__()
        if modules is not None:
            self.update(modules)

    def __getitem__(self, key: str) -> Any:
        return self._modules[key]

    def __setitem__(self, key: str, module: Module) -> None:
        self.add_module(key, module)

    def __delitem__(self, key: str) -> None:
        del self._modules[key]

    def __len__(self) -> int:
        return len(self._modules)

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __contains__(self, key: str) -> bool:
        return key in self._modules

    def clear(self) -> None:
        """Remove every module."""
        self._modules.clear()

    def pop(self, key: str) -> Any:
        """Remove the module of the name ``key`` and return it."""
        return self._modules.pop(key)

    def keys(self) -> KeysView[str]:
        """Return the names."""
        return self._modules.keys()

    def items(self) -> ItemsView[str, Any]:
        """Return the names with their modules."""
        return self._modules.items()

    def values(self) -> ValuesView[Any]:
        """Return the modules."""
        return self._modules.values()

    def update(self, modules: Any) -> None:
        """Add, or put in the place of those of the same names, the modules of a mapping or of pairs, in its order."""
        for key, module in pairs(modules, "ModuleDict.update"):
            self[key] = module


def pairs(given: Any, where: str) -> list[tuple[str, Any]]:
    """Return what a mapping, a container with ``items`` or an iterable of pairs holds, as pairs.

    Raises:
        TypeError: ``given`` is nothing of the kind.
        ValueError: An element is no pair.
    """
    if isinstance(given, Mapping) or (isinstance(given, Module) and hasattr(given, "items")):
        return list(given.items())
    if not isinstance(given, Iterable):
        raise TypeError(f"{where}: expected a mapping or an iterable of pairs, not a {type(given).__name__}")
    found = []
    for position, entry in enumerate(given):
        if not isinstance(entry, Iterable):
            raise TypeError(f"{where}: element {position}: expected a pair, not a {type(entry).__name__}")
        pair = tuple(entry)
        if len(pair) != 2:
            raise ValueError(f"{where}: element {position}: expected a pair, not {len(pair)} things")
        found.append(pair)
    return found
