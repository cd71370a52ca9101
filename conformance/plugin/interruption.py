"""Ctrl-C and SIGTERM: they stop a run, which then still writes what it has found; a backend's own exceptions do not.

A ``KeyboardInterrupt`` that no signal brought is the backend's, and so is a call of ``pytest.exit``: such an exception
is an error of one check.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

Handler = Callable[[int, FrameType | None], Any] | int | None


class BackendStopError(Exception):
    """A backend tried to end the run; the text says how."""


class Interruption:
    """Tells a user's interruption from a backend's."""

    def __init__(self) -> None:
        self.came = False
        self._previous: dict[int, Handler] = {}

    def install(self, *, terminate: bool) -> None:
        """Take over SIGINT and, if ``terminate``, SIGTERM; what handled SIGINT before is called all the same."""
        if threading.current_thread() is not threading.main_thread():
            return
        handled = {signal.SIGINT: self._interrupt}
        if terminate:
            handled[signal.SIGTERM] = self._terminate
        for number, handler in handled.items():
            previous = signal.getsignal(number)
            if callable(previous) or (number == signal.SIGTERM and previous == signal.SIG_DFL):
                self._previous[number] = previous
                signal.signal(number, handler)

    def uninstall(self) -> None:
        """Give the signals back."""
        for number, previous in self._previous.items():
            signal.signal(number, previous)
        self._previous.clear()

    @contextmanager
    def told_apart(self) -> Iterator[None]:
        """Turn an attempt of the block to end the run into a :class:`BackendStopError`; let the user's pass.

        Raises:
            BackendStopError: The block raised ``KeyboardInterrupt`` or called ``pytest.exit``.
            KeyboardInterrupt: The user wants to stop, and the block swallowed that.
        """
        try:
            yield
        except (KeyboardInterrupt, pytest.exit.Exception) as error:
            if self.came:
                raise
            raise BackendStopError(f"it raised {type(error).__name__}, which no signal brought") from error
        if self.came:
            raise KeyboardInterrupt

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self.came = True
        previous = self._previous.get(number)
        if callable(previous):
            previous(number, frame)

    def _terminate(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.came = True
        pytest.exit("the run was told to end (SIGTERM)")
