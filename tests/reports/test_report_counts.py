"""Score and coverage, the verdict that stands for a behaviour, and text made safe to look at."""

from __future__ import annotations

import pytest
import report_hostile
from hypothesis import given
from hypothesis import strategies as st

from reports import keys, text
from reports.records import VERDICTS
from reports.tally import Tally, ordered_profiles, percentage, standing, tallies, tally, total


def test_unsupported_lowers_coverage_and_not_the_score():
    counts = Tally(passed=8, failed=1, deviation=1, unsupported=10)
    assert counts.score == "8 of 10 claimed checks passed (80 %)"
    assert counts.coverage == "10 of 20 documented checks claimed (50 %)"


def test_a_deviation_and_an_error_are_claimed_and_not_passed():
    assert (Tally(deviation=1).claimed, Tally(deviation=1).passed) == (1, 0)
    assert (Tally(error=1).claimed, Tally(error=1).passed) == (1, 0)


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 0, "none"),
        (0, 9, "0 %"),
        (9, 9, "100 %"),
        (9_999, 10_000, "99.9 %"),
        (1, 10_000, "under 0.1 %"),
        (1, 3, "33.3 %"),
    ],
)
def test_only_all_reads_a_hundred_per_cent(part, whole, shown):
    assert percentage(part, whole) == shown


@pytest.mark.parametrize(
    ("verdicts", "stands"),
    [
        (["passed", "unsupported"], "passed"),
        (["unsupported", "unsupported"], "unsupported"),
        (["passed", "deviation", "unsupported"], "deviation"),
        (["deviation", "error"], "error"),
        (["error", "failed", "passed"], "failed"),
    ],
)
def test_the_worst_verdict_stands_for_a_behaviour(verdicts, stands):
    assert standing(verdicts) == stands
    assert standing(reversed(verdicts)) == stands


def test_no_verdict_stands_for_nothing():
    with pytest.raises(ValueError, match="expected at least one"):
        standing([])


def test_every_result_is_counted_once(small):
    by_backend = tallies(small)
    assert list(by_backend) == ["ref", "mlx"]
    assert sum(total(by_profile).documented for by_profile in by_backend.values()) == len(small.results)
    for verdict in VERDICTS:
        counted = sum(getattr(total(by_profile), verdict) for by_profile in by_backend.values())
        assert counted == sum(result.verdict == verdict for result in small.results)
    assert tally((r.verdict, r.imprecise) for r in small.results) == sum(map(total, by_backend.values()), Tally())


def test_profiles_keep_their_order_and_unknown_ones_follow():
    assert ordered_profiles(["zeta", "tape", "functional", "alpha", "tape"]) == ("functional", "tape", "alpha", "zeta")


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_visible_text_holds_no_control_and_keeps_the_rest(value):
    shown = text.visible(value)
    assert shown.isprintable() or set(filter(lambda c: not c.isprintable(), shown)) <= set("\n\t") | unseen_spaces(
        shown
    )
    shown.encode()
    assert all(character in shown for character in value if character.isalnum() and character.isprintable())


def unseen_spaces(shown):
    """Return the characters that Python calls unprintable although they are seen: spaces and unassigned ones."""
    return {c for c in shown if c.isspace() or not text._HIDDEN.match(c)} - {"\x00"}


@pytest.mark.parametrize("trick", report_hostile.ALL)
def test_hostile_text_is_spelled_out_and_cut(trick):
    for shown in (text.line(trick), text.block(trick)):
        assert len(shown) < 50_000
        assert not set(shown) & set("\x00\x07\x1b\u202e\u2066\u200b\ud800")
    assert "\n" not in text.line(f"a\n{trick}")


def test_a_cut_says_how_much_is_left_out():
    assert text.line("x" * 1_000_000, 10) == "xxxxxxxxxx… (999,990 characters more)"
    assert "994,000 characters left out" in text.block("x" * 1_000_000)
    assert text.block("short\n text") == "short\n text"


@pytest.mark.parametrize(
    ("check", "key"),
    [
        ("test_value[ref-conv2d.stride]", "test_value[*-conv2d.stride]"),
        ("test_print[ref]", "test_print[*]"),
        ("test_value[refined-conv2d]", "test_value[refined-conv2d]"),
        ("test_value", "test_value"),
        ("test_value[a[ref-b]", "test_value[a[ref-b]"),
    ],
)
def test_a_check_is_found_on_another_backend_by_its_key(check, key):
    assert keys.key(check, "ref") == key
    assert keys.check(key, "ref") == check
