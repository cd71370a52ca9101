"""Which code each check runs: a fault in code that a check does not run cannot change the check's verdict."""

from __future__ import annotations

import inspect
import sys
import threading
from collections.abc import Callable, Iterable
from cProfile import Profile
from types import CodeType, FrameType
from typing import Any

Code = frozenset[str]
"""Functions, each by its file, first line and name; alike in every process."""


def code_run(run: Callable[[], Any]) -> tuple[Any, Code]:
    """Return what ``run`` returns, and all Python code that ran meanwhile, in threads that it started too."""
    elsewhere: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            elsewhere.add(frame.f_code)

    # Calls of this thread are counted in C, several times as fast as by a function; other threads take the function.
    profile = Profile(subcalls=False, builtins=False)
    before = sys.getprofile()
    threading.setprofile(note)
    sys.setprofile(None)
    try:
        with profile:
            result = run()
    finally:
        threading.setprofile(before)
        sys.setprofile(before)
    here = {entry.code for entry in profile.getstats() if isinstance(entry.code, CodeType)}
    return result, frozenset(map(_name, here | elsewhere))


def code_of(replaced: Any) -> Code | None:
    """Return the code of the functions that a fault replaced; None where that cannot be told.

    Args:
        replaced: What the fault's context gave: the functions, methods and properties that are gone while it lasts.
    """
    if not isinstance(replaced, Iterable):
        return None
    found: set[str] = set()
    for one in replaced:
        codes = [_name(function.__code__) for function in _functions(one)]
        if not codes:
            return None
        found.update(codes)
    return frozenset(found) if found else None


def _functions(one: Any) -> list[Any]:
    if isinstance(one, (staticmethod, classmethod)):
        return _functions(one.__func__)
    if isinstance(one, property):
        return [function for function in (one.fget, one.fset, one.fdel) if function is not None]
    return [one] if inspect.isfunction(one) else []


def _name(code: CodeType) -> str:
    return f"{code.co_filename}:{code.co_firstlineno}:{code.co_name}"
