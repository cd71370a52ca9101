"""Joining result files: the parts of one run, or runs of different backends, and never anything else by accident."""

from __future__ import annotations

import shlex
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.identity import difference, of_one_run, of_one_suite
from reports.records import ResultFileError
from reports.relations import related

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.document import ResultFile
    from reports.identity import Fact
    from reports.records import ClauseEntry, Result, Run

_OF_PARTS = ("--shard", "--shard-by")
"""The options that say which part of the plan a run takes."""

Named = tuple[str, "ResultFile"]
"""A result file with what to call it in a message: its path."""


@dataclass(frozen=True)
class Merged:
    """The joined file, and one sentence that says what was joined."""

    result_file: ResultFile
    account: str


def merge(files: Sequence[Named], *, mixed: bool = False) -> Merged:
    """Join result files.

    Files that share their backends are parts of one run, and must make up its whole plan. Files with different
    backends become one matrix.

    Args:
        files: The files, each with its path.
        mixed: Whether the parts of one run may be from machines of different make.

    Raises:
        ResultFileError: where files are of different suites or plans, where parts overlap, differ in their
            environment or leave a gap, or where some backends are shared and others not.
    """
    if len(files) < 2:
        raise ResultFileError(f"expected two or more result files to join, not {len(files)}")
    _agree(files, of_one_suite())
    names = [frozenset(backend.name for backend in file.backends) for _, file in files]
    if all(name == names[0] for name in names):
        return _join_parts(files, mixed=mixed)
    shared = Counter(name for names_ in names for name in names_)
    twice = sorted(name for name, count in shared.items() if count > 1)
    if twice:
        raise ResultFileError(
            f"expected parts of one run, with the same backends, or runs of different backends; but {', '.join(twice)} "
            "is in several of the files and other backends are not"
        )
    return _join_backends(files)


def _agree(files: Sequence[Named], facts: Iterable[Fact]) -> None:
    first_path, first = files[0]
    facts = tuple(facts)
    for path, file in files[1:]:
        found = difference(first, file, facts)
        if found is not None:
            what, expected, came = found
            raise ResultFileError(f"{path}: expected {what} of {first_path}, {expected}, not {came}")


def _join_parts(files: Sequence[Named], *, mixed: bool) -> Merged:
    _agree(files, of_one_run(mixed=mixed))
    _check_shards(files)
    owners: dict[tuple[str, str], int] = {}
    for place, (path, file) in enumerate(files):
        for result in file.results:
            owner = owners.setdefault((result.backend, result.check), place)
            if owner != place:
                raise ResultFileError(
                    f"{path}: expected checks that {files[owner][0]} has not, but both have {result.check!a}"
                )
    first = files[0][1]
    planned = first.run.planned
    if len(owners) != planned:
        incomplete = [path for path, file in files if not file.run.complete]
        blame = f"; {', '.join(incomplete)} ended early" if incomplete else "; a part is missing"
        raise ResultFileError(f"expected the {planned:,} checks of the plan, but the parts have {len(owners):,}{blame}")
    run = replace(_joined_run(files), command=_whole(first.run.command), shard=None)
    machine = {name: _common(name, files) for name in first.machine}
    # What a failure follows from may be another part's.
    clauses = _clauses(files)
    results = related(_results(files), clauses)
    joined = replace(first, run=run, machine=machine, clauses=clauses, results=results).sorted()
    return Merged(joined, f"Joined {len(files)} parts of one run into its whole plan of {planned:,} checks.")


def _whole(command: str) -> str:
    """Return the command line of the whole plan for that of a part."""
    try:
        words = shlex.split(command)
    except ValueError:  # it is anybody's text
        return command
    kept = [
        word
        for before, word in zip(["", *words], words, strict=False)
        if word.partition("=")[0] not in _OF_PARTS and before not in _OF_PARTS
    ]
    return command if kept == words else shlex.join(kept)


def _check_shards(files: Sequence[Named]) -> None:
    """Where the files say which part they are, name the part that is missing or there twice."""
    shards = [(path, file.run.shard) for path, file in files if file.run.shard is not None]
    if not shards:
        return
    if len(shards) < len(files) or len({shard.of for _, shard in shards}) > 1:
        parts = ", ".join(f"{path} is {file.run.shard}" for path, file in files)
        raise ResultFileError(f"expected parts of one division, but {parts}")
    of = shards[0][1].of
    seen = Counter(shard.number for _, shard in shards)
    missing = [f"{number}/{of}" for number in range(1, of + 1) if number not in seen]
    twice = [f"{number}/{of}" for number, count in sorted(seen.items()) if count > 1]
    if missing or twice:
        faults = [f"{', '.join(missing)} missing"] * bool(missing) + [f"{', '.join(twice)} there twice"] * bool(twice)
        raise ResultFileError(f"expected each of the {of} parts once, but {' and '.join(faults)}")


def _join_backends(files: Sequence[Named]) -> Merged:
    for path, file in files:
        if file.run.shard is not None:
            raise ResultFileError(f"{path}: expected a whole run to put beside others, not part {file.run.shard}")
    runs = [file.run for _, file in files]
    machines = [file.machine for _, file in files]
    common = {name: value for name, value in machines[0].items() if all(m.get(name) == value for m in machines)}
    backends = tuple(
        replace(backend, machine={**{n: v for n, v in file.machine.items() if n not in common}, **backend.machine})
        for _, file in files
        for backend in file.backends
    )
    run = replace(
        _joined_run(files),
        seed=runs[0].seed if len({run.seed for run in runs}) == 1 else None,
        command=" ; ".join(dict.fromkeys(run.command for run in runs)),
        planned=sum(run.planned for run in runs),
    )
    joined = replace(
        files[0][1], run=run, machine=common, backends=backends, clauses=_clauses(files), results=_results(files)
    ).sorted()
    names = ", ".join(backend.name for backend in backends)
    return Merged(joined, f"Put {len(files)} runs of different backends side by side: {names}.")


def _joined_run(files: Sequence[Named]) -> Run:
    """Return the first run with the start, duration, completeness and exit status of all of them."""
    runs = [file.run for _, file in files]
    statuses = [run.exit_status for run in runs]
    return replace(
        runs[0],
        started=min(run.started for run in runs),
        seconds=sum(run.seconds for run in runs),
        complete=all(run.complete for run in runs),
        exit_status=None if None in statuses else max(status for status in statuses if status is not None),
    )


def _common(name: str, files: Sequence[Named]) -> str:
    return ", ".join(dict.fromkeys(file.machine[name] for _, file in files if name in file.machine))


def _results(files: Sequence[Named]) -> tuple[Result, ...]:
    return tuple(result for _, file in files for result in file.results)


def _clauses(files: Sequence[Named]) -> tuple[ClauseEntry, ...]:
    return tuple({clause.id: clause for _, file in files for clause in file.clauses}.values())
