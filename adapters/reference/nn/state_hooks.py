"""Functions called around ``state_dict`` and ``load_state_dict``, and state that is no tensor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from adapters.reference.handle import RemovableHandle, added

EXTRA_STATE = "_extra_state"
"""How the key of a module's extra state ends."""


class StateHooks:
    """The part of a module that keeps the hooks of its state."""

    _load_state_post_hooks: dict[int, Callable[..., Any]]
    _load_state_pre_hooks: dict[int, Callable[..., Any]]
    _state_post_hooks: dict[int, Callable[..., Any]]
    _state_pre_hooks: dict[int, Callable[..., Any]]

    def register_state_dict_pre_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call ``hook(module, prefix, keep_vars)`` before the module's state is gathered."""
        return added(self._state_pre_hooks, hook)

    def register_state_dict_post_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call ``hook(module, state_dict, prefix, local_metadata)`` after it was; it may change ``state_dict``."""
        return added(self._state_post_hooks, hook)

    def register_load_state_dict_pre_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call ``hook`` before the module's state is loaded; it may change the copy of ``state_dict`` that it gets.

        Args:
            hook: ``hook(module, state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys,
                error_msgs)``.
        """
        return added(self._load_state_pre_hooks, hook)

    def register_load_state_dict_post_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call ``hook(module, incompatible_keys)`` after the state was loaded; it may change both lists."""
        return added(self._load_state_post_hooks, hook)

    def get_extra_state(self) -> Any:
        """Return state that is no tensor. A class that has any defines this, and ``set_extra_state``."""
        raise NotImplementedError(f"{type(self).__name__} defines no get_extra_state()")

    def set_extra_state(self, state: Any) -> None:
        """Take what :meth:`get_extra_state` gave."""
        raise NotImplementedError(f"{type(self).__name__} defines no set_extra_state(), which was to take {state!r}")

    def has_extra_state(self) -> bool:
        """Whether the class defines extra state."""
        return type(self).get_extra_state is not StateHooks.get_extra_state
