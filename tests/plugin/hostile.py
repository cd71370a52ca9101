"""Hostile backends: each is honest in all but ``relu``, and there does one thing that no backend should.

``EXPECTED`` says, for each, the verdict on ``relu.value`` and what the failure's text has in it.
"""

from __future__ import annotations

import ctypes
import gc
import locale
import os
import random
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.plugin.honest import Honest

Relu = Callable[[Any], Any]

BACKENDS: dict[str, type[Honest]] = {}
EXPECTED: dict[str, tuple[str, str]] = {}


def _hostile(verdict: str, text: str = "", name: str | None = None) -> Callable[[Relu], Relu]:
    """Make a backend of a function that takes the place of ``relu``."""

    def made(function: Relu) -> Relu:
        called = function.__name__.strip("_").replace("_", "-") if name is None else name
        body = {"name": called, "relu": lambda self, input: function(input)}
        BACKENDS[called] = type(called, (Honest,), body)
        EXPECTED[called] = (verdict, text)
        return function

    return made


def _relu(input: Any) -> Any:
    return np.maximum(input, 0)


# What it raises


@_hostile("error", "raised RuntimeError: out of order")
def raises(input: Any) -> Any:
    raise RuntimeError("out of order")


class _Foreign(BaseException):
    pass


@_hostile("error", "_Foreign")
def raises_a_base_exception(input: Any) -> Any:
    raise _Foreign("not an Exception")


@_hostile("error", "SystemExit")
def exits_by_exception(input: Any) -> Any:
    raise SystemExit(0)


@_hostile("error", "tried to end the run")
def interrupts(input: Any) -> Any:
    raise KeyboardInterrupt


@_hostile("error", "tried to end the run")
def ends_pytest(input: Any) -> Any:
    pytest.exit("no more of this", returncode=0)


@_hostile("error", "Skipped")
def skips(input: Any) -> Any:
    pytest.skip("nothing to see here")


@_hostile("error", "XFailed")
def expects_failure(input: Any) -> Any:
    pytest.xfail("nothing to see here")


@_hostile("error", "AssertionError")
def asserts(input: Any) -> Any:
    assert input is None, "an assertion of its own is a crash, not a verdict"


@_hostile("error", "GeneratorExit")
def raises_generator_exit(input: Any) -> Any:
    raise GeneratorExit


@_hostile("error", "Unpicklable")
def raises_what_cannot_be_pickled(input: Any) -> Any:
    class Unpicklable(Exception):
        def __reduce__(self) -> Any:
            raise TypeError("no")

    raise Unpicklable(threading.Lock())


@_hostile("error", "text cannot be had")
def raises_what_cannot_be_printed(input: Any) -> Any:
    class Unprintable(Exception):
        def __str__(self) -> str:
            raise ValueError("no text")

        __repr__ = __str__

    raise Unprintable


@_hostile("error", "RuntimeError: xxx")
def raises_a_megabyte(input: Any) -> Any:
    raise RuntimeError("x" * 2**20)


@_hostile("error", "ValueError")
def raises_bad_encodings(input: Any) -> Any:
    raise ValueError("\ud800 \x00 \x1b[31m \u202e </script><script>alert(1)</script> \udfff")


@_hostile("error", "ExceptionGroup")
def raises_a_group(input: Any) -> Any:
    raise ExceptionGroup("several", [ValueError("one"), TypeError("two")])


@_hostile("error", "RecursionError")
def recurses(input: Any) -> Any:
    return recurses(input) + 1


@_hostile("error", "MemoryError")
def runs_out_of_memory(input: Any) -> Any:
    raise MemoryError


@_hostile("error", "UserWarning")
def turns_warnings_into_errors(input: Any) -> Any:
    warnings.simplefilter("error")
    warnings.warn("now an error", UserWarning, stacklevel=1)
    return _relu(input)


# What it returns


@_hostile("failed", "another shape")
def returns_another_shape(input: Any) -> Any:
    return _relu(input)[..., None]


@_hostile("failed", "another shape")
def returns_a_scalar(input: Any) -> Any:
    return input.dtype.type(0)


@_hostile("error", "NoneType")
def returns_none(input: Any) -> Any:
    return None


@_hostile("error", "not one of dtype object")
def returns_objects(input: Any) -> Any:
    return _relu(input).astype(object)


@_hostile("error", "expected to_numpy to return a numeric numpy.ndarray")
def returns_text(input: Any) -> Any:
    return "0.0"


@_hostile("error", "not one of dtype <U")
def returns_an_array_of_text(input: Any) -> Any:
    return _relu(input).astype(str)


@_hostile("failed")
def returns_nan(input: Any) -> Any:
    return np.full_like(input, np.nan)


@_hostile("failed", "another number of outputs")
def returns_a_pair(input: Any) -> Any:
    return _relu(input), input


@_hostile("passed")
def returns_a_view_of_a_larger_array(input: Any) -> Any:
    larger = np.zeros((2, *input.shape), input.dtype)
    larger[0] = _relu(input)
    return larger[0]


@_hostile("passed")
def returns_backwards_memory(input: Any) -> Any:
    return np.ascontiguousarray(_relu(input)[..., ::-1])[..., ::-1] if input.ndim else _relu(input)


@_hostile("passed")
def returns_what_is_read_only(input: Any) -> Any:
    found = np.array(_relu(input))
    found.flags.writeable = False
    return found


@_hostile("failed")
def returns_a_mask_over_wrong_numbers(input: Any) -> Any:
    return np.ma.masked_array(np.full_like(input, 7), mask=True)


# What it changes


@_hostile("passed")
def changes_its_input(input: Any) -> Any:
    return np.maximum(input, 0, out=np.asarray(input)) if input.ndim else _relu(input)


@_hostile("passed")
def changes_numpys_error_state(input: Any) -> Any:
    np.seterr(all="raise")
    return _relu(input)


@_hostile("passed")
def changes_random_states(input: Any) -> Any:
    np.random.seed(12345)
    random.seed(12345)
    return _relu(input)


@_hostile("passed")
def changes_warnings(input: Any) -> Any:
    warnings.simplefilter("error")
    return _relu(input)


@_hostile("passed")
def changes_the_locale(input: Any) -> Any:
    locale.setlocale(locale.LC_ALL, "C.UTF-8")
    return _relu(input)


@_hostile("passed")
def changes_the_folder(input: Any) -> Any:
    os.chdir("/")
    return _relu(input)


@_hostile("passed")
def changes_the_environment(input: Any) -> Any:
    os.environ["HOSTILE"] = "1"
    os.environ.pop("PATH", None)
    return _relu(input)


@_hostile("passed")
def changes_signal_handlers(input: Any) -> Any:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)
    return _relu(input)


@_hostile("passed")
def changes_standard_output(input: Any) -> Any:
    sys.stdout = sys.stderr = None  # type: ignore[assignment]
    return _relu(input)


@_hostile("passed")
def floods_standard_output(input: Any) -> Any:
    sys.stdout.write("\x1b[2J flooded " * 50_000)
    return _relu(input)


@_hostile("passed")
def changes_the_recursion_limit(input: Any) -> Any:
    sys.setrecursionlimit(20_000)
    return _relu(input)


@_hostile("passed")
def turns_off_the_collector(input: Any) -> Any:
    gc.disable()
    return _relu(input)


@_hostile("passed")
def changes_the_import_path(input: Any) -> Any:
    sys.path.clear()
    return _relu(input)


@_hostile("passed")
def changes_the_mask_of_new_files(input: Any) -> Any:
    os.umask(0o777)
    return _relu(input)


@_hostile("passed")
def starts_a_thread(input: Any) -> Any:
    threading.Thread(target=time.sleep, args=(0.2,), daemon=True).start()
    return _relu(input)


@_hostile("passed")
def has_a_thread_that_fails(input: Any) -> Any:
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    return _relu(input)


@_hostile("passed")
def starts_a_child(input: Any) -> Any:
    subprocess.run([sys.executable, "-S", "-c", ""], check=True)
    return _relu(input)


_remembered: dict[Any, Any] = {}


@_hostile("failed")
def remembers_by_shape_alone(input: Any) -> Any:
    return _remembered.setdefault((input.shape, str(input.dtype)), np.array(_relu(input)))


_calls = iter(range(10**9))


@_hostile("failed")
def answers_wrongly_from_the_second_call_on(input: Any) -> Any:
    return _relu(input) if next(_calls) == 0 else _relu(input) + 1


# What hangs: each costs as long as a check may take

HANGING: dict[str, Relu] = {}
LETHAL: dict[str, Relu] = {}


def _in(group: dict[str, Relu]) -> Callable[[Relu], Relu]:
    def made(function: Relu) -> Relu:
        called = function.__name__.replace("_", "-")
        group[called] = function
        BACKENDS[called] = type(called, (Honest,), {"name": called, "relu": lambda self, input: function(input)})
        return function

    return made


@_in(HANGING)
def hangs(input: Any) -> Any:
    while True:
        time.sleep(0.01)


@_in(HANGING)
def hangs_and_swallows_the_interruption_once(input: Any) -> Any:
    try:
        time.sleep(1000)
    except BaseException:  # noqa: BLE001 - that is the hostility
        time.sleep(1000)


# What ends the process: for runs that have workers to spare


@_in(LETHAL)
def aborts(input: Any) -> Any:
    os.abort()


@_in(LETHAL)
def exits_at_once(input: Any) -> Any:
    os._exit(0)


@_in(LETHAL)
def reads_what_is_not_there(input: Any) -> Any:
    return ctypes.string_at(0)


@_in(LETHAL)
def kills_itself(input: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


@_in(LETHAL)
def hangs_in_native_code(input: Any) -> Any:
    held = ctypes.PyDLL(None)  # holds the interpreter's lock, so that no handler of Python's runs
    while True:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        held.sleep(1000)


# What takes memory: for runs with a limit

_kept: list[Any] = []


def _takes(kept: list[Any]) -> Any:
    """Take memory until there is no more; none of it is touched."""
    kept.extend(np.zeros(2**23) for _ in range(500))
    raise RuntimeError("there was no limit on memory")


@_in({})
def leaks(input: Any) -> Any:
    return _takes(_kept)


@_in({})
def takes_too_much_and_gives_it_back(input: Any) -> Any:
    return _takes([])


class Witness(Honest):
    """Comes after every hostile backend and fails where anything of one is left."""

    name = "witness"

    def __init__(self) -> None:
        self._seen: dict[str, Any] | None = None

    def relu(self, input: Any) -> Any:
        now = _state()
        if self._seen is None:
            self._seen = now
        changed = [
            f"{name}: {self._seen[name]!r} became {now[name]!r}" for name in now if now[name] != self._seen[name]
        ]
        if changed:
            raise RuntimeError("; ".join(changed))
        return _relu(input)


def _state() -> dict[str, Any]:
    mask = os.umask(0o22)
    os.umask(mask)
    return {
        "errors": np.geterr(),
        "random": (random.getstate()[1][0], np.random.get_state()[1][0]),  # the first word of each seed's state
        "warnings": [entry[0] for entry in warnings.filters],
        "locale": locale.setlocale(locale.LC_ALL),
        "folder": Path.cwd(),
        "environment": {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"},
        "signals": [signal.getsignal(number) is signal.SIG_IGN for number in (signal.SIGINT, signal.SIGTERM)],
        "stdout": (sys.stdout is None, sys.stderr is None),
        "recursion": sys.getrecursionlimit(),
        "collector": gc.isenabled(),
        "path": list(sys.path),
        "mask": mask,
    }


BACKENDS["witness"] = Witness

named = SimpleNamespace(**BACKENDS)
"""All of them, for ``--backend=tests.plugin.hostile:named.raises``."""
