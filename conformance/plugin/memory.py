"""A limit on the memory of a process that carries out checks: what a backend takes beyond it is one check's error.

The limit is on private data (``RLIMIT_DATA``), not on addresses: frameworks reserve far more of those than they use.
It holds while a check runs, so that the suite can always write what it has found.
"""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

import pytest

MEBIBYTE = 2**20

_STATUS = Path("/proc/self/status")


class MemoryLimit:
    """Keeps the data of this process below a limit while checks run.

    Args:
        mebibytes: The limit; 0 for none.

    Raises:
        pytest.UsageError: There can be no limit here, or the process is above it before the first check.
    """

    def __init__(self, mebibytes: int) -> None:
        self._limit = mebibytes * MEBIBYTE
        if not mebibytes:
            return
        if sys.platform != "linux" or not _STATUS.exists():
            raise pytest.UsageError(
                f"--memory-limit={mebibytes}: expected Linux, where a process can be kept from taking more memory; "
                f"not {sys.platform}. Leave the option out."
            )
        self._begun = _taken()
        if self._begun >= self._limit:
            raise pytest.UsageError(
                f"--memory-limit={mebibytes}: expected more than the {self._begun // MEBIBYTE:,} MiB that the suite "
                "and the backends take before the first check"
            )

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Let no allocation of the block's go beyond the limit: it fails, in Python by a ``MemoryError``."""
        if not self._limit:
            yield
            return
        import resource  # noqa: PLC0415 - there is none on every platform

        before = resource.getrlimit(resource.RLIMIT_DATA)
        hard = before[1]
        soft = self._limit if hard == resource.RLIM_INFINITY else min(self._limit, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_DATA, before)

    def is_spent(self, error: BaseException | None) -> bool:
        """Say whether a check ran out of memory and keeps so much of it that the next ones would, too.

        What the frames of the exception hold is let go of first.
        """
        if not self._limit or not _out_of_memory(error):
            return False
        gc.collect()
        return _taken() > (self._begun + self._limit) // 2


def _out_of_memory(error: BaseException | None) -> bool:
    """Say whether a ``MemoryError`` is among the causes, and empty the frames that it passed."""
    found = False
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        found = found or isinstance(error, MemoryError)
        _empty(error.__traceback__)
        error = error.__cause__ or error.__context__
    return found


def _empty(trace: TracebackType | None) -> None:
    """Let go of the variables of the frames that a traceback passed and that are over."""
    while trace is not None:
        with suppress(RuntimeError):  # it is still running
            trace.tb_frame.clear()
            # pytest has looked at them, and until they are looked at again the frame keeps what it showed.
            trace.tb_frame.f_locals  # noqa: B018
        trace = trace.tb_next


def _taken() -> int:
    """Return the bytes of private data of this process, as the limit counts them."""
    found = re.search(r"^VmData:\s+(\d+) kB", _STATUS.read_text(encoding="ascii"), flags=re.MULTILINE)
    return 0 if found is None else int(found[1]) * 1024
