"""Joining result files: the parts of one run, or runs of different backends, and never anything else by accident."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.records import ResultFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reports.document import ResultFile
    from reports.records import BackendIdentity, ClauseEntry, Result, Run

Named = tuple[str, "ResultFile"]
"""A result file with what to call it in a message: its path."""

PER_MACHINE = frozenset({"host", "hostname"})
"""Facts that may differ between the machines that share a plan."""


@dataclass(frozen=True)
class Merged:
    """The joined file, and one sentence that says what was joined."""

    result_file: ResultFile
    account: str


def merge(files: Sequence[Named]) -> Merged:
    """Join result files.

    Files that share their backends are parts of one run, and must make up its whole plan. Files with different
    backends become one matrix.

    Raises:
        ResultFileError: where files are of different suites or plans, where parts overlap, differ in their
            environment or leave a gap, or where some backends are shared and others not.
    """
    if len(files) < 2:
        raise ResultFileError(f"expected two or more result files to join, not {len(files)}")
    _agree(files, "the suite", lambda file: f"{file.suite.name} {file.suite.version} ({file.suite.digest[:12]})")
    _agree(files, "the effort", lambda file: file.run.effort)
    _agree(files, "the selection", lambda file: repr(file.run.selection))
    names = [frozenset(backend.name for backend in file.backends) for _, file in files]
    if all(name == names[0] for name in names):
        return _join_parts(files)
    shared = Counter(name for names_ in names for name in names_)
    twice = sorted(name for name, count in shared.items() if count > 1)
    if twice:
        raise ResultFileError(
            f"expected parts of one run, with the same backends, or runs of different backends; but {', '.join(twice)} "
            "is in several of the files and other backends are not"
        )
    return _join_backends(files)


def _agree(files: Sequence[Named], what: str, of: Callable[[ResultFile], str]) -> None:
    first_path, first = files[0]
    for path, file in files[1:]:
        if of(file) != of(first):
            raise ResultFileError(f"{path}: expected {what} of {first_path}, {of(first)}, not {of(file)}")


def _join_parts(files: Sequence[Named]) -> Merged:
    for what, of in _of_one_plan():
        _agree(files, what, of)
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
    run = replace(_joined_run(files), shard=None)
    machine = {name: _common(name, files) for name in first.machine}
    joined = replace(first, run=run, machine=machine, clauses=_clauses(files), results=_results(files)).sorted()
    return Merged(joined, f"Joined {len(files)} parts of one run into its whole plan of {planned:,} checks.")


def _of_one_plan() -> tuple[tuple[str, Callable[[ResultFile], str]], ...]:
    return (
        ("the plan", lambda file: f"{file.run.planned} checks"),
        ("the seed", lambda file: str(file.run.seed)),
        ("the backends", lambda file: "; ".join(sorted(map(_identity, file.backends)))),
        ("the environment", lambda file: _facts((n, v) for n, v in file.machine.items() if n not in PER_MACHINE)),
    )


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


def _identity(backend: BackendIdentity) -> str:
    declared = _facts(backend.declarations.items())
    return f"{backend.name}: {backend.framework} {backend.version} on {backend.device} ({declared})"


def _facts(items: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{name} {value}" for name, value in sorted(items))
