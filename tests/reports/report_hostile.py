"""A result file whose every text tries to be something other than text."""

from __future__ import annotations

from reports.model import (
    BackendIdentity,
    ClauseEntry,
    Failure,
    Measurement,
    Result,
    ResultFile,
    Run,
    Suite,
)

SCRIPT = "</script><script>window.hacked = true</script>"
IMAGE = "<img src=x onerror='window.hacked = true'>"
COMMENT = "<!--<script>"
BIDI = "safe\u202egnp.exe\u2066\u200b"
CONTROLS = "nul\x00 bell\x07 escape\x1b[31m"
SURROGATE = "half\ud800 pair"
QUOTES = "\"'`${window.hacked = true}{{ 7 * 7 }}{% raw %}"
FORMULA = '=HYPERLINK("https://example.org")'
MARKDOWN = "[click](javascript:alert(1)) | **bold** `code` @everyone <b>x</b>"
LONG = "A" * 1_000_000
ALL = (SCRIPT, IMAGE, COMMENT, BIDI, CONTROLS, SURROGATE, QUOTES, FORMULA, MARKDOWN, LONG)
LINK = "javascript:window.hacked=true"


def everything(label: str) -> str:
    """Return one text with all the short tricks in it."""
    return f"{label} " + " ".join(ALL[:-1])


def make() -> ResultFile:
    """Return a run with hostile text in every place that takes text."""
    name = everything("backend")
    clauses = tuple(
        ClauseEntry(
            f"subject{i}.{trick[:400]}",
            trick,
            LINK,
            everything("profile"),
            f"subject{i} {trick[:400]}",
            IMAGE,
            {trick: trick},
        )
        for i, trick in enumerate(ALL)
    )
    results = tuple(_result(name, clause, i) for i, clause in enumerate(clauses))
    run = Run(
        started=SCRIPT,
        seconds=1.0,
        complete=False,
        exit_status=None,
        effort="default",
        seed=1,
        selection=everything("selection"),
        command=everything("command"),
        planned=99,
    )
    identity = BackendIdentity(name, IMAGE, SCRIPT, BIDI, (SCRIPT,), {IMAGE: SCRIPT, "constructor": "__proto__"})
    machine = {"__proto__": SCRIPT, "toString": IMAGE, SCRIPT: BIDI}
    return ResultFile(Suite(SCRIPT, IMAGE, BIDI), run, machine, (identity,), clauses, results)


def _result(name: str, clause: ClauseEntry, place: int) -> Result:
    trick = ALL[place]
    verdict = ("failed", "deviation", "error", "unsupported", "passed")[place % 5]
    failure = Failure(trick, trick, trick, trick, trick, trick, (place,), trick, trick)
    return Result(
        check=f"test_{place}[{name}-{trick}]",
        node=f"conformance/{trick}",
        backend=name,
        clause=clause.id,
        law=trick,
        verdict=verdict,
        seconds=0.1,
        case=trick,
        dtype=trick,
        host=trick,
        measurement=Measurement(float("inf"), (place,), 1.5, 4, 1, worst_call=trick),
        dialect=trick,
        reason=trick,
        link=LINK,
        failure=failure if verdict in ("failed", "deviation", "error") else None,
        follows_from=(clause.id,) if place == 5 else (),
        reproduce=trick,
    )
