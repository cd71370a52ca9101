"""What faults are planted in: the reference backend, or another framework that is shaped like torch.

``torch`` here is the namespace of whichever it is at the moment that a name is used. What faults look up in it, they
find in the framework that they are planted in.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from types import ModuleType, SimpleNamespace
from typing import Any

from adapters.reference import namespace
from tests.faults._rewriting import PlantingError

PACKAGE = "adapters.reference"


class NotCarriedOverError(PlantingError):
    """A fault is written for the reference backend's own code, and another framework has no such place."""


@dataclass(frozen=True)
class Base:
    """A framework that faults are planted in.

    Args:
        root: Its namespace.
        functional: Its ``nn.functional`` as it is without faults.
        owners: Gives every module, namespace and class in which it may have a name for an operator.
        own_code: Whether faults know its code: the reference's, of which modules and functions are named.
    """

    root: Any
    functional: Mapping[str, Any]
    owners: Callable[[], list[Any]]
    own_code: bool


def _owners_of_reference() -> list[Any]:
    root = namespace.torch
    return [*modules_of_reference(), *_namespaces(root), root.Tensor]


def modules_of_reference() -> list[ModuleType]:
    """Return the modules of the reference backend that are loaded, sorted."""
    return [module for name, module in sorted(sys.modules.items()) if name.startswith(f"{PACKAGE}.")]


def _namespaces(root: SimpleNamespace) -> Iterator[SimpleNamespace]:
    yield root
    for value in vars(root).values():
        if isinstance(value, SimpleNamespace):
            yield from _namespaces(value)


REFERENCE = Base(namespace.torch, dict(vars(namespace.torch.nn.functional)), _owners_of_reference, own_code=True)


@lru_cache(maxsize=1)
def of_torch() -> Base:
    """Return torch itself, as it is installed."""
    root = importlib.import_module("torch")
    importlib.import_module("torch.nn.utils")
    inner = ("torch.nn.", "torch.optim.")
    owners = [
        root,
        *(module for name, module in sorted(sys.modules.items()) if name.startswith(inner)),
        root.Tensor,
    ]
    return Base(root, dict(vars(root.nn.functional)), lambda: owners, own_code=False)


_stack = [REFERENCE]


def base() -> Base:
    """Return what faults are planted in now."""
    return _stack[-1]


@contextmanager
def planting_in(other: Base) -> Iterator[None]:
    """Plant in another framework for as long as the context lasts."""
    _stack.append(other)
    try:
        yield
    finally:
        _stack.pop()


class Names:
    """A namespace of the framework that faults are planted in, found anew whenever a name of it is used.

    The functions of ``nn.functional`` are those without faults: a fault may compute what it makes wrong.
    """

    def __init__(self, path: tuple[str, ...] = ()) -> None:
        self._path = path

    def now(self) -> Any:
        """Return the namespace as it is in the framework that faults are planted in."""
        found = base().root
        for step in self._path:
            found = getattr(found, step)
        return found

    def __getattr__(self, name: str) -> Any:
        here = namespace.torch
        for step in self._path:
            here = getattr(here, step)
        known = getattr(here, name, None)
        if isinstance(known, SimpleNamespace):
            return Names((*self._path, name))
        if self._path == ("nn", "functional"):
            return partial(_without_faults, name)
        return getattr(self.now(), name)


def _without_faults(function: str, *arguments: Any, **options: Any) -> Any:
    return base().functional[function](*arguments, **options)


torch = Names()
