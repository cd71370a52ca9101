"""Time limits: a check that hangs in Python is interrupted; one that hangs in native code ends its process.

Under ``-n`` pytest-xdist starts another process and goes on, so that a hang costs one verdict.
"""

from __future__ import annotations

import contextlib
import faulthandler
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

_GRACE = 5.0
"""Seconds that Python code has to notice the interruption before the process is ended."""

_AGAIN = 1.0
"""Seconds after which the interruption is repeated: a destructor or a bare ``except`` may have swallowed it."""


_WAY = (str(Path(__file__).parent), contextlib.__file__)
"""The code that leads into a check and out of it."""


class CheckTimeoutError(BaseException):
    """The check took too long. Not an Exception, so that a backend's own handlers let it through."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise in the block after ``seconds``; end the process a little later if that has no effect. 0 is no limit.

    Raises:
        CheckTimeoutError: The block took too long.
    """
    if not seconds or threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGALRM"):
        yield
        return
    running = True

    def interrupt(signum: int, frame: FrameType | None) -> None:
        del signum
        if running and not _comes_and_goes(frame):
            raise CheckTimeoutError(f"it took longer than {seconds:g} s")

    previous = signal.signal(signal.SIGALRM, interrupt)
    stderr = sys.__stderr__
    if stderr is not None:
        faulthandler.dump_traceback_later(seconds + _GRACE, exit=True, file=stderr)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        try:
            running = False
        finally:  # also if the interruption came just before that line
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, previous)
            if stderr is not None:
                faulthandler.cancel_dump_traceback_later()


def _comes_and_goes(frame: FrameType | None) -> bool:
    """Say whether the interrupted code leads into the block or out of it.

    An exception there could keep the end of the block from being noticed, and the next interruption would meet whatever
    comes after the check. It is left out instead: either the block is over, or the next one is a second away.
    """
    return frame is not None and frame.f_code.co_filename.startswith(_WAY)
