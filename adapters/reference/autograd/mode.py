"""Whether operations are recorded: ``no_grad``, ``enable_grad``, ``set_grad_enabled``."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any, TypeVar

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class _Recording(threading.local):
    enabled = True
    inference = False


RECORDING = _Recording()
"""The mode of the current thread. Read ``RECORDING.enabled``."""


def is_grad_enabled() -> bool:
    """Whether operations are recorded now, in this thread."""
    return RECORDING.enabled


class _Mode:
    """A context manager, and a decorator, inside which recording is as ``wanted``."""

    wanted: bool

    def __new__(cls, function: Any = None) -> Any:
        mode = super().__new__(cls)
        if callable(function):  # used as a decorator without parentheses
            return mode(function)
        return mode

    def __init__(self) -> None:
        self._before: list[bool] = []

    def __enter__(self) -> None:
        self._before.append(RECORDING.enabled)
        RECORDING.enabled = self.wanted

    def __exit__(self, *_: object) -> None:
        RECORDING.enabled = self._before.pop()

    def __call__(self, function: Decorated) -> Decorated:
        """Return ``function`` with the mode set while it runs."""
        mode = type(self)

        @functools.wraps(function)
        def in_mode(*args: Any, **options: Any) -> Any:
            with mode():
                return function(*args, **options)

        return in_mode  # type: ignore[return-value]


class no_grad(_Mode):  # noqa: N801 - torch's name
    """Nothing is recorded inside: results do not require gradients."""

    wanted = False


class enable_grad(_Mode):  # noqa: N801
    """Operations are recorded inside, also within ``no_grad``."""

    wanted = True


class set_grad_enabled:  # noqa: N801
    """Turn recording on or off at once; as a context manager, until its end; as a decorator, within the function."""

    def __init__(self, mode: bool) -> None:
        self._mode = bool(mode)
        self._before = RECORDING.enabled
        RECORDING.enabled = self._mode

    def __enter__(self) -> None:
        RECORDING.enabled = self._mode

    def __exit__(self, *_: object) -> None:
        RECORDING.enabled = self._before

    def __call__(self, function: Decorated) -> Decorated:
        """Return ``function`` with the mode set while it runs."""
        RECORDING.enabled = self._before  # a decorator changes the function's mode, not the caller's
        wanted = self._mode

        @functools.wraps(function)
        def in_mode(*args: Any, **options: Any) -> Any:
            with set_grad_enabled(wanted):
                return function(*args, **options)

        return in_mode  # type: ignore[return-value]


class inference_mode:  # noqa: N801
    """Like ``no_grad``; and what is made inside can never be saved for a backward pass.

    Args:
        mode: Whether to enter the mode, or to leave it; or a function to decorate.
    """

    def __new__(cls, mode: Any = True) -> Any:  # noqa: D102 - the class says it
        if callable(mode):  # used as a decorator without parentheses
            return cls()(mode)
        return super().__new__(cls)

    def __init__(self, mode: bool = True) -> None:
        self._mode = bool(mode)
        self._before: list[tuple[bool, bool]] = []

    def __enter__(self) -> None:
        self._before.append((RECORDING.enabled, RECORDING.inference))
        RECORDING.enabled, RECORDING.inference = not self._mode, self._mode

    def __exit__(self, *_: object) -> None:
        RECORDING.enabled, RECORDING.inference = self._before.pop()

    def __call__(self, function: Decorated) -> Decorated:
        """Return ``function`` with the mode set while it runs."""
        mode = self._mode

        @functools.wraps(function)
        def in_mode(*args: Any, **options: Any) -> Any:
            with inference_mode(mode):
                return function(*args, **options)

        return in_mode  # type: ignore[return-value]


def is_inference_mode_enabled() -> bool:
    """Whether inference mode is on, in this thread."""
    return RECORDING.inference
