"""The data of a page: every run, backend, clause and check that it shows, in a compact form that the script unpacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports import keys
from reports.html.columns import DetailBudget, Texts, pack
from reports.tally import ordered_profiles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.model import BackendIdentity, ClauseEntry, Result, ResultFile

Column = tuple[int, "BackendIdentity"]
"""A backend in a run; the run by its position, in order of time."""


def in_order(result_files: Sequence[ResultFile]) -> list[ResultFile]:
    """Return the runs in the order in which they started; runs that started together stay in the order given."""
    return sorted(result_files, key=lambda result_file: result_file.run.started)


def columns_of(runs: Sequence[ResultFile], baseline: ResultFile | None = None) -> tuple[list[Column], int]:
    """Return the columns of the page, and how many of them are current.

    A backend's latest run is current; its other runs follow, the newest first. The baseline is never current,
    whenever it ran. Backends keep the order in which the result files name them.
    """
    latest: dict[str, Column] = {}
    for place, run in enumerate(runs):
        if run is not baseline:
            # Taking a name again keeps its place.
            latest |= {backend.name: (place, backend) for backend in run.backends}
    current = list(latest.values())
    newest_first = [(place, backend) for place in reversed(range(len(runs))) for backend in runs[place].backends]
    return current + [column for column in newest_first if column not in current], len(current)


def page_data(result_files: Sequence[ResultFile], baseline: ResultFile | None = None) -> dict[str, Any]:
    """Return everything that the page shows, as JSON values.

    Args:
        result_files: The runs, in any order.
        baseline: The earlier run that the overview compares with, if any.
    """
    runs = in_order([*result_files, *([] if baseline is None else [baseline])])
    columns, current = columns_of(runs, baseline)
    texts = Texts()
    clauses = _clauses(runs)
    by_column = [_by_key(runs[place], backend.name) for place, backend in columns]
    checks = _checks(by_column, [clause.id for clause in clauses])
    budget = DetailBudget()
    return {
        "runs": [_run(run, clauses, texts) for run in runs],
        "columns": [_identity(place, backend, texts) for place, backend in columns],
        "current": current,
        "baseline": -1 if baseline is None else next(place for place, run in enumerate(runs) if run is baseline),
        "profiles": [texts.line(profile) for profile in ordered_profiles(clause.profile for clause in clauses)],
        "clauses": [_clause(clause, texts) for clause in clauses],
        "checks": _check_columns(checks, clauses, by_column, texts),
        "results": [pack(results, checks, texts, budget, place) for place, results in enumerate(by_column)],
        "texts": texts.table,
    }


def _by_key(run: ResultFile, backend: str) -> dict[str, Result]:
    return {keys.key(result.check, backend): result for result in run.results if result.backend == backend}


def _clauses(runs: Sequence[ResultFile]) -> list[ClauseEntry]:
    """Return every clause that any run has, as the latest run states it: by profile, family, subject and id."""
    latest = {clause.id: clause for run in runs for clause in run.clauses}
    rank = {profile: place for place, profile in enumerate(ordered_profiles(c.profile for c in latest.values()))}
    return sorted(latest.values(), key=lambda c: (rank[c.profile], c.family, c.subject, c.id))


def _checks(by_column: Sequence[Mapping[str, Result]], clause_ids: Sequence[str]) -> list[str]:
    """Return the keys of all checks, those of one clause together, in the order of the clauses."""
    rank = {clause: place for place, clause in enumerate(clause_ids)}
    found: dict[str, int] = {}
    for results in by_column:
        for key, result in results.items():
            found.setdefault(key, rank[result.clause])
    return sorted(found, key=lambda key: (found[key], key))


def _check_columns(
    checks: Sequence[str], clauses: Sequence[ClauseEntry], by_column: Sequence[Mapping[str, Result]], texts: Texts
) -> dict[str, list[int]]:
    rank = {clause.id: place for place, clause in enumerate(clauses)}
    first = [next(results[key] for results in by_column if key in results) for key in checks]
    return {
        "key": [texts.line(key) for key in checks],
        "clause": [rank[result.clause] for result in first],
        "law": [texts.line(result.law) for result in first],
        "case": [texts.line(result.case) for result in first],
        "dtype": [texts.line(result.dtype) for result in first],
    }


def _clause(clause: ClauseEntry, texts: Texts) -> list[Any]:
    dialects = [part for name, meaning in sorted(clause.dialects.items()) for part in (name, meaning)]
    single = (clause.id, clause.sentence, clause.link, clause.profile, clause.subject, clause.family)
    return [texts.line(part) for part in (*single, *dialects)]


def _run(run: ResultFile, clauses: Sequence[ClauseEntry], texts: Texts) -> dict[str, Any]:
    """Return what the page says of a run, with the clauses that it lacks or states otherwise than the latest run."""
    own = {clause.id: clause for clause in run.clauses}
    facts = run.run
    return {
        "suite": [texts.line(part) for part in (run.suite.name, run.suite.version, run.suite.digest)],
        "started": texts.line(facts.started),
        "seconds": round(facts.seconds, 1),
        "complete": facts.complete,
        "exit_status": facts.exit_status,
        "effort": texts.line(facts.effort),
        "seed": facts.seed,
        "selection": texts.line(facts.selection),
        "command": texts.line(facts.command),
        "planned": facts.planned,
        "shard": texts.line(None if facts.shard is None else str(facts.shard)),
        "machine": [texts.line(part) for fact in sorted(run.machine.items()) for part in fact],
        "lacks": [place for place, clause in enumerate(clauses) if clause.id not in own],
        "differs": [
            [place, texts.line(own[clause.id].sentence)]
            for place, clause in enumerate(clauses)
            if clause.id in own and own[clause.id] != clause
        ],
    }


def _identity(run: int, backend: BackendIdentity, texts: Texts) -> dict[str, Any]:
    return {
        "run": run,
        "name": texts.line(backend.name),
        "framework": texts.line(backend.framework),
        "version": texts.line(backend.version),
        "device": texts.line(backend.device),
        "dtypes": [texts.line(dtype) for dtype in backend.dtypes],
        "declarations": [texts.line(part) for fact in sorted(backend.declarations.items()) for part in fact],
        "machine": [texts.line(part) for fact in sorted(backend.machine.items()) for part in fact],
    }
