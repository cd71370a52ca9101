"""The terminal tells each known deviation once, by its reason, however many behaviours it shows in."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from conformance.plugin.summary import _by_reason


def test_a_deviation_is_told_once_with_where_it_shows(small):
    link = "https://example.org/issues/1"
    results = tuple(replace(r, link=link) if r.verdict == "deviation" else r for r in small.results)
    known = [r for r in results if r.verdict == "deviation"]
    clauses = sorted({r.clause for r in known})
    assert Counter(r.backend for r in known) == {"mlx": len(known)}
    ((told, reason, where),) = _by_reason(replace(small, results=results))
    assert told == f"mlx: {clauses[0]} and {len(clauses) - 1} more ({len(known)} checks)"
    assert (reason, where) == (known[0].reason, link)


def test_deviations_of_different_reasons_are_told_apart(small):
    known = [r for r in small.results if r.verdict == "deviation"]
    told = list(_by_reason(small))
    assert len(told) == len({(r.backend, r.reason, r.link) for r in known})
    assert sum(int(line.rpartition("(")[2].split()[0]) for line, _, _ in told) == len(known)
