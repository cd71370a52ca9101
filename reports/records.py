"""What a result file is made of: one frozen record for each kind of object in it (format version 1).

Every member is described in ``reports/README.md`` and in the JSON Schema ``reports/schema/result-file-1.json``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Annotated, Any, Literal, get_args

from reports import text
from reports.decoding import INFINITE, DecodingError, decode

Verdict = Literal["passed", "failed", "deviation", "unsupported", "error"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Effort = Literal["default", "deep"]
Ratio = Annotated[float, INFINITE]
"""A number from 0 up that may be infinite; infinity is the text ``"inf"`` in JSON."""


class ResultFileError(ValueError):
    """A file is not a result file that can be used here; the text says what was expected, what came and where.

    It is one line, whatever of the file it repeats.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(text.line(sentence))


@dataclass(frozen=True)
class Suite:
    """The suite that ran: its name, version, and the SHA-256 digest over its clauses."""

    name: str
    version: str
    digest: str


@dataclass(frozen=True)
class Shard:
    """Which part of a plan a run took: ``number`` counts from 1 up to ``of``."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


@dataclass(frozen=True)
class Run:
    """One run of the suite.

    Args:
        started: When, ISO 8601 in UTC, such as ``2025-01-31T12:00:00Z``.
        seconds: How long it took, on the wall clock.
        complete: False when it was interrupted or crashed.
        exit_status: What pytest returned, or None when it did not return.
        effort: ``default``, or ``deep`` for the deeper random profile.
        seed: The seed of the random profile; None when inputs are derived from the check alone.
        selection: The pytest arguments that select checks, as text; empty when all were taken.
        command: The command line.
        planned: How many checks the whole plan has, all shards and backends together.
        shard: Which part of the plan this run took; None when all of it.
    """

    started: str
    seconds: float
    complete: bool
    exit_status: int | None
    effort: Effort
    seed: int | None
    selection: str
    command: str
    planned: int
    shard: Shard | None = None


@dataclass(frozen=True)
class BackendIdentity:
    """What was under test. ``machine`` holds the facts in which its machine differs from the file's (merged files)."""

    name: str
    framework: str
    version: str
    device: str
    dtypes: tuple[str, ...]
    declarations: Mapping[str, str]
    machine: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ClauseEntry:
    """One documented behaviour: sentence, link, where it belongs, and the alternatives (``dialects``) it permits.

    ``follows_from`` are ids of clauses, or shell patterns over ids, without which this one cannot pass.
    """

    id: str
    sentence: str
    link: str
    profile: str
    subject: str
    family: str
    dialects: Mapping[str, str] = field(default_factory=dict)
    follows_from: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measurement:
    """What a numerical check measured over all the cases it judged.

    Args:
        ratio: Actual error over budget at the worst element; infinite when no finite error was allowed.
        worst_index: The index of that element in its array, or None when there is no element.
        ulp: The largest error, in units in the last place.
        elements: How many elements were compared.
        cases: How many examples were judged.
        exhaustive: Whether the examples are all that there are.
        worst_call: The call that gave the worst element, as code, or None.
    """

    ratio: Ratio
    worst_index: tuple[int, ...] | None
    ulp: Ratio
    elements: int
    cases: int
    exhaustive: bool = False
    worst_call: str | None = None

    def __post_init__(self) -> None:
        if not (self.ratio >= 0 and self.ulp >= 0):
            raise ValueError(f"expected a ratio and an ulp from 0 up, not {self.ratio!r} and {self.ulp!r}")


@dataclass(frozen=True)
class Failure:
    """What a failure looks like: everything that a person needs who has only the report."""

    summary: str
    call: str
    expected: str
    actual: str
    error: str = ""
    allowed: str = ""
    index: tuple[int, ...] | None = None
    surroundings: str | None = None
    traceback: str | None = None


@dataclass(frozen=True)
class Result:
    """The verdict on one check of one backend.

    Args:
        check: The name that is unique for its backend, and the anchor in the report: the last part of the node id.
        node: The pytest node id.
        backend: The backend's name.
        clause: The clause's id.
        law: What kind of check: ``value``, ``gradient``, ``shape``, ``dtype``, ``refusal``, ``layer`` ...
        seconds: How long it took.
        case: The case's name, or None.
        dtype: The floating-point type, or None.
        imprecise: Passed within the bound, but worse than rounding errors at random would make likely.
        host: The machine's name, or None.
        dialect: Which of the clause's permitted alternatives the backend chose, or None.
        reason: Why it is unsupported, or the deviation's reason.
        link: The deviation's link.
        follows_from: The ids of clauses that failed too, and that this failure follows from.
        reproduce: The command line that runs this check alone.
    """

    check: str
    node: str
    backend: str
    clause: str
    law: str
    verdict: Verdict
    seconds: float
    case: str | None = None
    dtype: str | None = None
    imprecise: bool = False
    host: str | None = None
    measurement: Measurement | None = None
    dialect: str | None = None
    reason: str | None = None
    link: str | None = None
    failure: Failure | None = None
    follows_from: tuple[str, ...] = ()
    reproduce: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the record as JSON holds it."""
        return plain(self)  # type: ignore[no-any-return]

    @classmethod
    def from_json(cls, document: Any) -> Result:
        """Read one result.

        Raises:
            ResultFileError: when it is not one.
        """
        try:
            return decode(cls, document)
        except DecodingError as error:
            raise ResultFileError(str(error)) from None


def plain(value: Any) -> Any:
    """Return records, tuples and mappings as JSON holds them; other values as they are."""
    if isinstance(value, (str, int)) or value is None:
        return value
    if isinstance(value, float):
        return INFINITE if math.isinf(value) else value
    if isinstance(value, Mapping):
        return {name: plain(value[name]) for name in sorted(value)}
    if isinstance(value, (tuple, list)):
        return [plain(element) for element in value]
    return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
