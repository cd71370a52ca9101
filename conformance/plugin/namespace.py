"""A torch-shaped namespace in which a name that is lacking is unsupported, not an error."""

from __future__ import annotations

from typing import Any

from adapters.contract import Unsupported

_PARTS = frozenset({"autograd", "function", "functional", "init", "lr_scheduler", "nn", "optim", "parameter", "utils"})
"""The namespaces within a torch-shaped namespace."""


class Namespace:
    """Gives a framework's names; raises :class:`Unsupported` for one that it lacks."""

    def __init__(self, target: Any, path: str) -> None:
        self._target = target
        self._path = path

    def __getattr__(self, name: str) -> Any:
        try:
            found = getattr(self._target, name)
        except AttributeError as error:
            raise Unsupported(f"{self._path}.{name}") from error
        return Namespace(found, f"{self._path}.{name}") if name in _PARTS else found

    def __repr__(self) -> str:
        return f"<the backend's {self._path}>"
