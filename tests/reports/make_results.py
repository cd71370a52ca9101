"""Make result files that look like those of real runs: up to 20,000 results over five backends, or ten planted faults.

``python tests/reports/make_results.py OUT.json [--results 20000] [--seed 0]``. Equal arguments give equal files.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import random
from dataclasses import replace

import made_up

from reports.model import (
    BackendIdentity,
    ClauseEntry,
    Failure,
    Measurement,
    Result,
    ResultFile,
    Run,
    Suite,
    save,
)

MACHINE = {
    "python": "3.12.7",
    "platform": "Linux-6.8.0-x86_64",
    "processor": "AMD EPYC 7B13",
    "cores": "2",
    "numpy": "2.2.1",
    "blas": "OpenBLAS 0.3.28",
    "threads": "1",
}


def clauses() -> tuple[ClauseEntry, ...]:
    """Return about 450 clauses over ten profiles."""
    found = []
    for family, subjects in made_up.FAMILIES.items():
        for subject in subjects:
            for profile, behaviours in made_up.BEHAVIOURS.items():
                for behaviour, sentence in behaviours.items():
                    link = f"{made_up.LINK}functional.{subject}.html"
                    found.append(ClauseEntry(f"{subject}.{behaviour}", sentence, link, profile, subject, family))
    for profile, (subject, behaviours) in made_up.OBJECTS.items():
        for behaviour, sentence in behaviours.items():
            dialects = (
                {"BackwardN": "a digit follows the name", "Backward": "no digit"} if behaviour == "node-names" else {}
            )
            link = f"{made_up.LINK}Module.html"
            found.append(ClauseEntry(f"{subject}.{behaviour}", sentence, link, profile, subject, profile, dialects))
    return tuple(found)


def make(
    results: int = 20_000,
    backends: tuple[str, ...] = tuple(made_up.BACKENDS),
    seed: int = 0,
    started: str = "2025-03-01T09:30:00Z",
) -> ResultFile:
    """Return a result file of at least ``results`` results over ``backends``."""
    stated = clauses()
    plan = _plan(stated, math.ceil(results / len(backends)))
    found = tuple(
        _result(backend, clause, case, dtype, random.Random(f"{seed} {backend} {clause.id} {case} {dtype}"))
        for backend in backends
        for clause, case, dtype in plan
    )
    digest = hashlib.sha256(repr(stated).encode()).hexdigest()
    run = Run(
        started=started,
        seconds=41.7,
        complete=True,
        exit_status=1,
        effort="default",
        seed=None,
        selection="",
        command=f"pytest {_options(backends)}--report out.html",
        planned=len(found),
    )
    return ResultFile(
        Suite("nn-conformance", "0.1.0", digest), run, MACHINE, tuple(map(identity, backends)), stated, found
    ).sorted()


def identity(name: str) -> BackendIdentity:
    """Return what a made-up backend says of itself."""
    framework, version, device, declarations = made_up.BACKENDS[name]
    return BackendIdentity(name, framework, version, device, ("float32", "float64"), declarations)


def _options(backends: tuple[str, ...]) -> str:
    return "".join(f"--backend={backend} " for backend in backends)


def _plan(stated: tuple[ClauseEntry, ...], checks: int) -> list[tuple[ClauseEntry, str, str | None]]:
    """Give every clause its first check, then numeric clauses further cases, until there are enough."""
    plan: list[tuple[ClauseEntry, str, str | None]] = []
    numeric = [clause for clause in stated if clause.family in made_up.FAMILIES]
    plan += [(clause, "default", None) for clause in stated if clause.family not in made_up.FAMILIES]
    for case in made_up.CASES:
        for dtype in ("float32", "float64"):
            plan += [(clause, case, dtype) for clause in numeric]
    return plan[: max(checks, len(stated))]


def _law(clause: ClauseEntry) -> str:
    behaviour = clause.id.partition(".")[2]
    laws = {
        "definition": "value",
        "special-values": "value",
        "options": "value",
        "empty-batch": "shape",
        "output-size": "shape",
    }
    laws |= {
        "gradient": "gradient",
        "gradient-shape": "gradient",
        "layer": "layer",
        "parameters": "layer",
        "dtype": "dtype",
    }
    return laws.get(behaviour, "semantics")


def _result(backend: str, clause: ClauseEntry, case: str, dtype: str | None, draw: random.Random) -> Result:
    law = _law(clause)
    parts = (backend, clause.id, case, dtype) if dtype is not None else (backend, clause.id)
    check = f"test_{law}[{'-'.join(parts)}]"
    plain = Result(
        check=check,
        node=f"conformance/laws/test_{law}.py::{check}",
        backend=backend,
        clause=clause.id,
        law=law,
        verdict="passed",
        seconds=round(draw.lognormvariate(-6, 1), 4),
        case=case if dtype is not None else None,
        dtype=dtype,
        host="worker-1",
        dialect=draw.choice(sorted(clause.dialects)) if clause.dialects else None,
        reproduce=f"pytest --backend={backend} --pyargs 'conformance.laws.test_{law}::{check}'",
    )
    measured = None
    if law in ("value", "gradient", "layer") and dtype is not None:
        measured = _measurement(clause, dtype, draw)
        plain = replace(plain, measurement=measured)
    return _judged(plain, clause, measured, draw)


def _judged(plain: Result, clause: ClauseEntry, measured: Measurement | None, draw: random.Random) -> Result:
    """Give the verdict that the backend's habits and the draw make."""
    failed, deviation, error, unsupported, imprecise = made_up.HABITS[plain.backend]
    # A backend lacks whole subjects rather than single checks.
    if random.Random(f"{plain.backend} {clause.subject} {clause.profile}").random() < unsupported:
        reason = f"{clause.subject} is not offered"
        return replace(plain, verdict="unsupported", measurement=None, reason=reason, dialect=None)
    luck = draw.random()
    if luck < failed + deviation:
        worse = None if measured is None else replace(measured, ratio=draw.lognormvariate(3, 2) + 1, ulp=9e3)
        told = replace(plain, verdict="failed", measurement=worse, failure=_failure(plain, worse, draw))
        if luck < failed:
            follows = (
                (f"{clause.subject}.definition",) if not clause.id.endswith("definition") and luck < failed / 2 else ()
            )
            return replace(told, follows_from=follows)
        link = f"https://example.org/{plain.backend}/issues/{draw.randrange(1000, 9999)}"
        return replace(
            told, verdict="deviation", reason="Rounds half up where the documentation rounds half to even.", link=link
        )
    if luck < failed + deviation + error:
        told = Failure("the process died of signal 11", _call(plain, draw), "a result", "no answer")
        return replace(plain, verdict="error", measurement=None, failure=told)
    return replace(plain, imprecise=measured is not None and draw.random() < imprecise)


def _measurement(clause: ClauseEntry, dtype: str, draw: random.Random) -> Measurement:
    shape = [draw.randrange(1, 9) for _ in range(4)]
    exhaustive = clause.family == "activation" and dtype == "float32"
    return Measurement(
        ratio=min(draw.lognormvariate(-3.5, 1.2), 0.97),
        worst_index=tuple(draw.randrange(size) for size in shape),
        ulp=round(draw.lognormvariate(0, 1), 2),
        elements=math.prod(shape) * 40,
        cases=256 if exhaustive else 40,
        exhaustive=exhaustive,
        worst_call=f"{clause.subject}({dtype}{shape}, weight={dtype}[6, {shape[1]}, 3, 5], stride=(2, 1))",
    )


def _call(plain: Result, draw: random.Random) -> str:
    return (
        f"{plain.clause.partition('.')[0]}({plain.dtype or 'float32'}[2, {draw.randrange(1, 9)}, 7, 9], stride=(2, 1))"
    )


def _failure(plain: Result, measured: Measurement | None, draw: random.Random) -> Failure:
    value = draw.gauss(0, 1)
    if measured is None:
        said = (
            "RuntimeError: sizes do not match"
            if plain.law == "semantics"
            else f"shape (2, {draw.randrange(3, 9)}, 4, 4)"
        )
        return Failure(f"expected another answer than {said}", _call(plain, draw), "shape (2, 6, 3, 4)", said)
    wrong = value + measured.ratio * 1e-6
    return Failure(
        summary=f"the error is {measured.ratio:.3g} times the budget at {list(measured.worst_index or ())}",
        call=str(measured.worst_call),
        expected=f"{value:.9g}",
        actual=f"{wrong:.9g}",
        error=f"{abs(wrong - value):.3g}",
        allowed="1.00e-06",
        index=measured.worst_index,
        surroundings=f"expected  [ {value - 1:.6f}  {value:.6f}  {value + 1:.6f} ]\n"
        f"actual    [ {value - 1:.6f}  {wrong:.6f}  {value + 1:.6f} ]\n                      ^^^^^^^^",
    )


def main() -> None:
    """Write a made-up result file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("--results", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    save(make(arguments.results, seed=arguments.seed), arguments.out)


if __name__ == "__main__":
    main()
