"""Result files on disk: reading with one clear sentence for whatever is wrong, writing whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from reports.document import ResultFile
from reports.records import ResultFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE_A_LINE = ("backends", "clauses", "results")
"""The arrays whose elements are written one a line, so that two files can be compared line by line."""


def load(path: str | os.PathLike[str]) -> ResultFile:
    """Read a result file.

    Raises:
        ResultFileError: naming the file, where it is unreadable, truncated, foreign, newer or not what it should be.
    """
    try:
        return ResultFile.from_json(parse(read_text(path)))
    except ResultFileError as error:
        raise ResultFileError(f"{os.fspath(path)}: {error}") from None


def read_text(path: str | os.PathLike[str]) -> str:
    """Return the text of a file that should be UTF-8.

    Raises:
        ResultFileError: where it cannot be read or is not text.
    """
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror if error.strerror else type(error).__name__
        raise ResultFileError(f"expected a result file, but it cannot be read: {reason}") from None
    except UnicodeDecodeError as error:
        raise ResultFileError(f"expected JSON in UTF-8, but byte {error.start} is not UTF-8") from None


def parse(text: str) -> Any:
    """Return the JSON value in ``text``.

    Raises:
        ResultFileError: where it is not JSON, naming the line, and whether the text ends too early.
    """
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        if not text.strip():
            raise ResultFileError("expected a result file, but it is empty") from None
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
            raise ResultFileError(
                f"expected a whole JSON document, but it is truncated in line {error.lineno} "
                "(a run that died leaves a journal, which `python -m reports recover` reads)"
            ) from None
        if text.lstrip()[:9].lower().startswith(("<!doctype", "<html")):
            raise ResultFileError(
                "expected a result file, but this is a page; its results lie beside it, in a file ending in .json"
            ) from None
        raise ResultFileError(
            f"expected JSON, but line {error.lineno}, column {error.colno} is not: {error.msg}"
        ) from None
    except RecursionError:
        raise ResultFileError("expected a result file, but its JSON is nested too deep") from None
    except ResultFileError:
        raise
    except ValueError:  # a whole number of thousands of digits, which Python refuses to read
        raise ResultFileError("expected a result file, but it holds a number that is out of range") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ResultFileError(f"expected JSON, which has no {name}; infinite ratios are the text 'inf'")


def save(result_file: ResultFile, path: str | os.PathLike[str]) -> None:
    """Write a result file whole or not at all: to a temporary file beside it, which then takes its name."""
    write_whole(path, "".join(encoded(result_file)))


def encoded(result_file: ResultFile) -> Iterator[str]:
    """Give the text of a result file in pieces: ASCII only, members in a fixed order, one result a line."""
    members = result_file.to_json()
    separator = "{\n"
    for name, member in members.items():
        yield f"{separator}{json.dumps(name)}: "
        separator = ",\n"
        if name in ONE_A_LINE and member:
            lines = (json.dumps(element, separators=(",", ":"), allow_nan=False) for element in member)
            yield "[\n" + ",\n".join(lines) + "\n]"
        else:
            yield json.dumps(member, allow_nan=False)
    yield "\n}\n"


def write_whole(path: str | os.PathLike[str], text: str) -> None:
    """Write ``text`` as UTF-8 so that ``path`` holds the old content or the new, and never a part.

    Raises:
        OSError: where the folder cannot be written.
    """
    target = Path(path)
    try:
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    except OSError as error:
        # The reader asked for the target and has never heard of the temporary file.
        raise OSError(error.errno, error.strerror, str(target)) from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files that only their owner reads; a report is to be passed on.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(temporary).unlink()
        raise
