"""The journal of a run: one line a result, so that a run that dies loses at most the line it was writing."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from reports.decoding import excerpt
from reports.document import ResultFile
from reports.files import load, read_text, write_whole
from reports.records import Result, ResultFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType


_HEADER = b'{"header":'
"""What a journal begins with."""


class Journal:
    """A file to which results are appended as they come.

    A line is ``{"header": a result file without results}``, which may be given again when more is known (the last
    one counts), or ``{"result": a result, "elapsed": seconds since the journal was opened}``.
    """

    def __init__(
        self, path: str | os.PathLike[str], header: ResultFile | None = None, results: Sequence[Result] = ()
    ) -> None:
        """Open a new journal, or one that goes on with the results of an earlier run.

        One that was there is replaced, by a whole one if there are results: they may have been in it alone.

        Args:
            path: Where it is written.
            header: What is known of the run.
            results: What an earlier run found.
        """
        self.path = Path(path)
        self._started = time.monotonic() - (0.0 if header is None else header.run.seconds)
        if results:
            begun = [{"header": _bare(header)}] if header is not None else []
            lines = [*begun, *({"result": result.to_json()} for result in results)]
            write_whole(self.path, "".join(map(_line, lines)))
        self._file = self.path.open("a" if results else "w", encoding="ascii", newline="\n")
        if header is not None and not results:
            self.begin(header)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def begin(self, header: ResultFile) -> None:
        """Write what is known of the run; results in ``header`` are left out."""
        self._write({"header": _bare(header)})

    def append(self, result: Result) -> None:
        """Write one result and hand it to the operating system at once."""
        self._write({"result": result.to_json(), "elapsed": round(time.monotonic() - self._started, 3)})

    def close(self) -> None:
        """Close the file; the journal stays on disk until somebody deletes it."""
        self._file.close()

    def _write(self, line: dict[str, Any]) -> None:
        self._file.write(_line(line))
        self._file.flush()

    @staticmethod
    def recover(path: str | os.PathLike[str]) -> ResultFile:
        """Return what a run wrote before it died, marked as not complete. A torn last line is left out.

        Raises:
            ResultFileError: where the file is not a journal, or has no header line yet.
        """
        try:
            return _recovered(read_text(path))
        except ResultFileError as error:
            raise ResultFileError(f"{os.fspath(path)}: {error}") from None


def _bare(header: ResultFile) -> dict[str, Any]:
    return replace(header, results=()).to_json()


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, separators=(",", ":"), allow_nan=False) + "\n"


def read(path: str | os.PathLike[str]) -> ResultFile:
    """Return the result file at ``path``, or what the journal there holds: what a run that died had found.

    Raises:
        ResultFileError: where the file is neither, or cannot be read.
    """
    begins = b""
    with suppress(OSError), Path(path).open("rb") as file:  # what cannot be read, `load` says
        begins = file.read(len(_HEADER))
    return Journal.recover(path) if begins == _HEADER else load(path)


def _recovered(text: str) -> ResultFile:
    header: ResultFile | None = None
    results: list[Result] = []
    elapsed = 0.0
    for number, line in _lines(text):
        try:
            if "header" in line:
                header = ResultFile.from_json(line["header"])
            else:
                results.append(Result.from_json(line.get("result")))
                elapsed = float(line.get("elapsed", elapsed))
        except (ResultFileError, TypeError, ValueError) as error:
            raise ResultFileError(f"line {number}: {error}") from None
    if header is None:
        raise ResultFileError("expected a journal that says which run it is of, but no whole line does")
    run = replace(header.run, complete=False, exit_status=None, seconds=max(header.run.seconds, elapsed))
    # Read back through JSON's rules, so that a result of an unknown clause or a check seen twice is named.
    return ResultFile.from_json(replace(header, run=run, results=tuple(results)).to_json())


def _lines(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give each line's number and object; a last line without a line end is torn, and left out."""
    whole = text.split("\n")[:-1]
    for number, line in enumerate(whole, start=1):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict):
            yield number, value
        elif number < len(whole):
            raise ResultFileError(f"line {number}: expected a JSON object, not {excerpt(line)}")
