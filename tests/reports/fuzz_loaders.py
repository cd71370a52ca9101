"""Fuzzing of whatever reads a file: result files, journals and files of known deviations, whole ones spoilt at random.

A loader either takes a file or refuses it in one sentence. What it takes is saved and comes back the same, and can be
summed up, compared, joined and shown. The tests draw a few hundred files; ``python tests/reports/fuzz_loaders.py
--minutes 60`` goes on drawing.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import make_results
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from conformance import deviations
from reports.compare import compare
from reports.comparison_text import as_text as comparison_as_text
from reports.document import ResultFile
from reports.files import load, save
from reports.html import render
from reports.journal import read
from reports.merge import merge
from reports.records import ResultFileError
from reports.summary import as_markdown, as_text

TOML = """
[[deviation]]
clause = "relu.value"
reason = "It is one too many."
link = "https://example.org/known"
looks_like = "is wrong in \\\\d+ of"
versions = ">=2.0,<3"

[[deviation]]
clause = "conv*"
reason = 'Two "quotes"'
link = "https://example.org/other"
looks_like = '(a|b){2,3}[^c]'
case = "drawn"
"""

WORDS = (
    "NaN",
    "-Infinity",
    "1e999",
    "9" * 5000,
    "[" * 5000,
    '"\\ud800"',
    "\\u0000",
    "\ufeff",
    "\r",
    "\u2028",
    "{",
    '"',
)
PATTERNS = ("(", "a{99999999999}", "(" * 500 + ")" * 500, "(?P<n>", "[z-a]", "(?i)", "\\", "*" * 50)

numbers = st.integers() | st.floats() | st.sampled_from([10**400, -(10**400), 2**63, -0.0, 1e308])
texts = st.text(max_size=20) | st.sampled_from(
    ["", "inf", "\ud800", "\x00", "=1+1", "<script>", "ref", "passed", *PATTERNS]
)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
anywhere = st.integers(0, 10**6)
changes = st.lists(
    st.tuples(st.just("put"), anywhere, values)
    | st.tuples(st.just("drop"), anywhere, st.none())
    | st.tuples(st.just("move"), anywhere, anywhere),
    max_size=4,
)
slips = st.lists(
    st.tuples(st.just("cut"), anywhere, st.just(b""))
    | st.tuples(st.just("insert"), anywhere, st.binary(max_size=6) | st.sampled_from([word.encode() for word in WORDS]))
    | st.tuples(st.just("over"), anywhere, st.binary(min_size=1, max_size=3))
    | st.tuples(st.just("twice"), anywhere, st.just(b"")),
    max_size=3,
)


def example() -> ResultFile:
    """Return a result file with a few results of each verdict."""
    whole = make_results.make(400, backends=("mlx", "tinygrad"), seed=1)
    kept = {(result.backend, result.verdict): result for result in whole.results}
    named = {result.clause for result in kept.values()}
    clauses = tuple(clause for clause in whole.clauses if clause.id in named or clause.dialects)
    return replace(whole, results=tuple(kept.values()), clauses=clauses).sorted()


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every value in a JSON document but the document itself."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for name, member in members for found in ((*path, name), *places(member, (*path, name)))]


def spoilt(document: Any, drawn: list[tuple[str, int, Any]]) -> Any:
    """Return a JSON document with the changes carried out."""
    document = json.loads(json.dumps(document))
    for kind, where, what in drawn:
        known = places(document)
        if not known:
            break
        path = known[where % len(known)]
        holder = at(document, path[:-1])
        if kind == "drop":
            del holder[path[-1]]
        else:
            holder[path[-1]] = what if kind == "put" else json.loads(json.dumps(at(document, known[what % len(known)])))
    return document


def at(document: Any, path: tuple[Any, ...]) -> Any:
    """Return the value at ``path``."""
    for step in path:
        document = document[step]
    return document


def torn(data: bytes, drawn: list[tuple[str, int, bytes]]) -> bytes:
    """Return the bytes with the slips made."""
    for kind, where, what in drawn:
        place = where % (len(data) + 1)
        if kind == "cut":
            data = data[:place]
        elif kind == "twice":
            data = data[:place] + data[place // 2 :]
        else:
            data = data[:place] + what + data[place + (len(what) if kind == "over" else 0) :]
    return data


def require(holds: bool, told: str) -> None:
    """Raise where what a loader says is not as it must be."""
    assert holds, told


def try_result_file(path: Path) -> str:
    """Read a file as every command does; return what came of it.

    Raises:
        AssertionError: The refusal is not one sentence, or the file does not come back as it was.
    """
    try:
        read_back = read(path)
    except ResultFileError as error:
        require(str(error).startswith(f"{path}: ") and "\n" not in str(error), str(error))
        return "refused"
    save(read_back, path)
    assert load(path) == read_back.sorted()
    for told in (as_text(read_back), as_markdown(read_back), render([read_back])):
        told.encode("utf-8")
    for use in (
        lambda: comparison_as_text(read_back, EXAMPLE, compare(EXAMPLE, read_back)),
        lambda: merge([("a", read_back), ("b", EXAMPLE)]),
    ):
        try:
            use()
        except ResultFileError as error:
            require("\n" not in str(error), str(error))
    return "taken"


def try_deviations(path: Path) -> str:
    """Read a file of known deviations; return what came of it.

    Raises:
        AssertionError: The refusal does not name the file.
    """
    try:
        found = deviations.read(path)
        for known in found:
            known.holds_for("torch", "2.5.0")
            known.holds_for("mine", "unknown")
    except deviations.DeviationsError as error:
        require(str(path) in str(error), str(error))
        return "refused"
    return "taken"


EXAMPLE = example()
DOCUMENT = EXAMPLE.to_json()
LINES = [{"header": {**DOCUMENT, "results": []}}, *({"result": one, "elapsed": 1.5} for one in DOCUMENT["results"])]


def of_result_file(drawn: tuple[Any, Any]) -> bytes:
    """Return a spoilt result file."""
    return torn(json.dumps(spoilt(DOCUMENT, drawn[0])).encode(), drawn[1])


def of_journal(drawn: tuple[Any, Any]) -> bytes:
    """Return a spoilt journal."""
    return torn("".join(json.dumps(line) + "\n" for line in spoilt(LINES, drawn[0])).encode(), drawn[1])


def of_deviations(drawn: tuple[str, int, list[Any]]) -> bytes:
    """Return a spoilt file of known deviations: one of its values another, and bytes that slipped."""
    value, where, slipped = drawn
    lines = TOML.splitlines()
    at_line = [number for number, line in enumerate(lines) if "=" in line][where % 10]
    lines[at_line] = f"{lines[at_line].partition('=')[0]}= {value}"
    return torn("\n".join(lines).encode("utf-8", "surrogatepass"), slipped)


toml_values = st.builds(json.dumps, texts) | st.sampled_from(
    [*map(json.dumps, PATTERNS), *WORDS, "1979-05-27", "[1]", "{}"]
)
TARGETS: dict[str, tuple[Any, Callable[[Any], bytes], Callable[[Path], str]]] = {
    "result file": (st.tuples(changes, slips), of_result_file, try_result_file),
    "journal": (st.tuples(changes, slips), of_journal, try_result_file),
    "deviations": (st.tuples(toml_values, anywhere, slips), of_deviations, try_deviations),
}


def fuzz(target: str, folder: Path, examples: int, start: int | None = None) -> Counter[str]:
    """Draw files for a target, by a seed or the same in every run; return how many were taken and refused."""
    strategy, make, attempt = TARGETS[target]
    came: Counter[str] = Counter()
    path = folder / "drawn"

    @settings(
        max_examples=examples,
        derandomize=start is None,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    @given(strategy)
    def one(drawn: Any) -> None:
        path.write_bytes(make(drawn))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            came[attempt(path)] += 1

    (one if start is None else seed(start)(one))()
    return came


def main(arguments: list[str]) -> int:
    """Draw files for as long as is asked; return 1 where a loader did neither of what it may."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    end, number, came = time.monotonic() + 60 * chosen.minutes, chosen.seed, Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            for target in TARGETS:
                found = fuzz(target, Path(folder), 300, number)
                came.update({f"{target} {what}": count for what, count in found.items()})
            number += 1
            sys.stdout.write(f"seeds up to {number}: {dict(sorted(came.items()))}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
