"""The commands of ``python -m reports``. Every mistake of a user is one sentence and exit status 2."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reports import text
from reports.arguments import build_parser
from reports.badge import badge
from reports.compare import clause_changes, compare
from reports.comparison_text import as_text as comparison_as_text
from reports.files import save, write_whole
from reports.journal import Journal, read
from reports.merge import merge
from reports.records import ResultFileError
from reports.summary import as_markdown, as_text
from reports.table import as_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.document import ResultFile

MISTAKE = 2
CHANGED = 1


def main(arguments: Sequence[str]) -> int:
    """Run one command. Returns 0; 1 where ``compare --strict`` finds something newly failing; 2 for a mistake."""
    parser = build_parser()
    chosen = parser.parse_args(arguments)
    commands = {"html": html, "summary": summary, "compare": compare_files, "merge": merge_files, "badge": badge_of}
    commands |= {"table": table, "validate": validate, "recover": recover}
    try:
        return commands[chosen.command](chosen)
    except ResultFileError as error:
        return _mistake(str(error))
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _mistake(f"{error.filename}: cannot be written: {error.strerror}")


def html(chosen: argparse.Namespace) -> int:
    """Make the page."""
    # Jinja takes longer to import than the other commands take to run.
    from reports.html import render  # noqa: PLC0415

    result_files = [read(path) for path in chosen.files]
    _refuse_parts(result_files)
    since = None if chosen.since is None else read(chosen.since)
    output = Path(chosen.files[0]).with_suffix(".html") if chosen.output is None else Path(chosen.output)
    write_whole(output, render(result_files, since))
    return _say(f"{output}")


def _refuse_parts(result_files: Sequence[ResultFile]) -> None:
    """Two parts of one run side by side would look like two runs."""
    parts = [str(file.run.shard) for file in result_files if file.run.shard is not None]
    if len(parts) > 1:
        raise ResultFileError(
            f"expected whole runs, or a single part, but the files are the parts {', '.join(parts)}; "
            "join them first with `python -m reports merge`"
        )


def summary(chosen: argparse.Namespace) -> int:
    """Print or write the summary of each file."""
    since = None if chosen.since is None else read(chosen.since)
    return _give("".join(_summary(read(path), since, chosen.format) for path in chosen.files), chosen.output)


def _summary(result_file: ResultFile, since: ResultFile | None, form: str) -> str:
    if since is None:
        return as_text(result_file) if form == "text" else as_markdown(result_file)
    comparisons, clauses = compare(since, result_file), clause_changes(since, result_file)
    if form == "markdown":
        return as_markdown(result_file, comparisons, clauses)
    return as_text(result_file) + "\n" + comparison_as_text(since, result_file, comparisons)


def table(chosen: argparse.Namespace) -> int:
    """Print or write one row for each backend."""
    return _give(as_table([read(path) for path in chosen.files]), chosen.output)


def compare_files(chosen: argparse.Namespace) -> int:
    """Print or write what changed from one run to another."""
    before, after = read(chosen.before), read(chosen.after)
    backends = None if chosen.backends is None else (chosen.backends[0], chosen.backends[1])
    comparisons = compare(before, after, backends)
    if chosen.format == "markdown":
        given = as_markdown(after, comparisons, clause_changes(before, after))
    else:
        given = comparison_as_text(before, after, comparisons)
    _give(given, chosen.output)
    broken = any(comparison.of("newly failing") for comparison in comparisons)
    return CHANGED if chosen.strict and broken else 0


def merge_files(chosen: argparse.Namespace) -> int:
    """Join result files into one."""
    merged = merge([(path, read(path)) for path in chosen.files], mixed=chosen.mixed_machines)
    save(merged.result_file, chosen.output)
    return _say(f"{merged.account} {chosen.output}")


def badge_of(chosen: argparse.Namespace) -> int:
    """Write a backend's badge."""
    result_file = read(chosen.file)
    names = [backend.name for backend in result_file.backends]
    name = names[0] if chosen.backend is None and len(names) == 1 else chosen.backend
    if name not in names:
        asked = "none" if name is None else repr(name)
        raise ResultFileError(f"{chosen.file}: expected --backend to be one of {', '.join(names)}, not {asked}")
    return _give(badge(result_file, name), chosen.output)


def validate(chosen: argparse.Namespace) -> int:
    """Check files, all of them, and say what is wrong with each."""
    status = 0
    for path in chosen.files:
        try:
            result_file = read(path)
        except ResultFileError as error:
            status = _mistake(str(error))
            continue
        count, planned = len(result_file.results), result_file.run.planned
        short = count < planned and result_file.run.complete and result_file.run.shard is None
        if short:
            status = _mistake(f"{path}: expected the {planned:,} planned results of a complete run, not {count:,}")
            continue
        names = ", ".join(backend.name for backend in result_file.backends)
        _say(f"{path}: a result file of {count:,} results over {names}")
    return status


def recover(chosen: argparse.Namespace) -> int:
    """Make a result file of the journal of a run that died."""
    result_file = Journal.recover(chosen.journal)
    save(result_file, chosen.output)
    return _say(f"{chosen.output}: {len(result_file.results):,} of {result_file.run.planned:,} planned results")


def _give(given: str, output: str | None) -> int:
    """Write to the file that was asked for, or else print."""
    if output is not None:
        write_whole(output, given)
        return _say(output)
    # A terminal that cannot show a character shows its number instead.
    if isinstance(sys.stdout.encoding, str):
        given = given.encode(sys.stdout.encoding, "backslashreplace").decode(sys.stdout.encoding)
    sys.stdout.write(given)
    return 0


def _say(sentence: str) -> int:
    sys.stdout.write(f"{sentence}\n")
    return 0


def _mistake(sentence: str) -> int:
    sys.stderr.write(f"reports: {text.line(sentence)}\n")
    return MISTAKE
