"""Containment: what a backend changes in its process does not reach the next check, or another project's test."""

from __future__ import annotations

import gc
import locale
import os
import random
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

_SEED = 0
"""Every check starts from the same state of Python's and NumPy's global generators, in whatever order checks run."""

_SIGNALS = tuple(
    number for name in ("SIGINT", "SIGTERM", "SIGALRM", "SIGHUP", "SIGPIPE") if (number := getattr(signal, name, None))
)


def kept_random_state() -> Callable[[], None]:
    """Return what puts Python's and NumPy's global generators back as they are now.

    This takes longer than many a check, so it is for a whole run.
    """
    python, numpy = random.getstate(), np.random.get_state()

    def restore() -> None:
        random.setstate(python)
        np.random.set_state(numpy)

    return restore


@contextmanager
def contained() -> Iterator[None]:
    """Give back, after the block, what it changed of the process's state; its warnings are nobody's business.

    The global generators are seeded, and stay as the block leaves them.
    """
    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        stack.enter_context(np.errstate())
        stack.enter_context(np.printoptions())
        for restore in _restorations():
            stack.callback(restore)
        warnings.simplefilter("ignore")
        random.seed(_SEED)
        np.random.seed(_SEED)
        yield


def _restorations() -> list[Callable[[], Any]]:
    """Return what puts each part of the process's state back as it is now."""
    made = [
        _restored_folder(),
        _restored_environment(),
        _restored_signals(),
        _restored_streams(),
        _restored_locale(),
    ]
    recursion, interval, collecting, path = (
        sys.getrecursionlimit(),
        sys.getswitchinterval(),
        gc.isenabled(),
        list(sys.path),
    )

    def restore() -> None:
        sys.setrecursionlimit(recursion)
        sys.setswitchinterval(interval)
        (gc.enable if collecting else gc.disable)()
        if sys.path != path:
            sys.path[:] = path

    return [*made, restore]


def _restored_folder() -> Callable[[], None]:
    try:
        folder = Path.cwd()
    except FileNotFoundError:  # it was deleted before the suite came
        return lambda: None

    def restore() -> None:
        with suppress(OSError):
            os.chdir(folder)

    return restore


def _restored_environment() -> Callable[[], None]:
    environment = dict(os.environ)

    def restore() -> None:
        if os.environ != environment:
            os.environ.clear()
            os.environ.update(environment)

    return restore


def _restored_signals() -> Callable[[], None]:
    if threading.current_thread() is not threading.main_thread():
        return lambda: None
    handlers = {number: signal.getsignal(number) for number in _SIGNALS}

    def restore() -> None:
        for number, handler in handlers.items():
            if handler is not None and signal.getsignal(number) is not handler:
                signal.signal(number, handler)

    return restore


def _restored_streams() -> Callable[[], None]:
    streams = sys.stdin, sys.stdout, sys.stderr
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook, sys.displayhook
    tracers = sys.gettrace(), sys.getprofile()

    def restore() -> None:
        sys.stdin, sys.stdout, sys.stderr = streams
        sys.excepthook, threading.excepthook, sys.unraisablehook, sys.displayhook = hooks
        if sys.gettrace() is not tracers[0]:
            sys.settrace(tracers[0])
        if sys.getprofile() is not tracers[1]:
            sys.setprofile(tracers[1])

    return restore


def _restored_locale() -> Callable[[], None]:
    spoken = locale.setlocale(locale.LC_ALL)

    def restore() -> None:
        if locale.setlocale(locale.LC_ALL) != spoken:
            locale.setlocale(locale.LC_ALL, spoken)

    return restore
