"""What registering a hook returns: the way to remove it."""

from __future__ import annotations

import itertools
from typing import Any

_keys = itertools.count()


class RemovableHandle:
    """Removes one entry from the list or mapping that it was added to; also at the end of a ``with`` block."""

    def __init__(self, entries: list[Any] | dict[Any, Any], entry: Any) -> None:
        self._entries = entries
        self._entry = entry

    def remove(self) -> None:
        """Remove the hook; nothing happens where it is gone already."""
        if self._entry in self._entries:
            if isinstance(self._entries, dict):
                del self._entries[self._entry]
            else:
                self._entries.remove(self._entry)

    def __enter__(self) -> RemovableHandle:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()


def added(hooks: dict[int, Any], entry: Any, prepend: bool = False) -> RemovableHandle:
    """Add ``entry`` to ``hooks``, at the end or before all others, and return the way to remove it."""
    key = next(_keys)
    others = dict(hooks) if prepend else {}
    if prepend:
        hooks.clear()
    hooks[key] = entry
    hooks.update(others)
    return RemovableHandle(hooks, key)
