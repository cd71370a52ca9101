"""The page as a file: what it holds, what it forbids itself, and that equal result files give an equal page."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import report_hostile

from reports.html import render
from reports.html.columns import DetailBudget, significant
from reports.html.pack import page_data


class Tags(HTMLParser):
    """What a browser without script would find in a page."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        """Keep a tag."""
        self.found.append((tag, dict(attributes)))


def data_of(page):
    packed = re.search(r'<script type="text/plain" id="data">([^<]*)</script>', page)[1]
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def test_equal_result_files_give_an_equal_page(small, earlier):
    assert render([small, earlier]) == render([earlier, small])


def test_no_result_file_gives_no_page():
    with pytest.raises(ValueError, match="expected at least one result file"):
        render([])


def test_the_policy_allows_exactly_the_pages_own_script_and_style(small_page):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', small_page)[1]
    style = re.search(r"<style>(.*?)</style>", small_page, re.DOTALL)[1]
    script = re.search(r"<script>(.*?)</script>", small_page, re.DOTALL)[1]
    for kind, content in (("style", style), ("script", script)):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_page_asks_for_nothing_from_anywhere(small_page):
    loading = {
        ("img", "src"),
        ("script", "src"),
        ("link", "href"),
        ("iframe", "src"),
        ("object", "data"),
        ("form", "action"),
    }
    asked = [a[name] for tag, a in Tags(small_page).found for name in a if (tag, name) in loading]
    assert all(address.startswith("data:") for address in asked)
    assert not re.search(
        r"url\(|@import|fetch\(|XMLHttpRequest|import\(|innerHTML|insertAdjacentHTML|document\.write|eval\(", small_page
    )


def test_every_backend_behaviour_and_check_is_in_the_data(small):
    data = page_data([small])
    assert len(data["clauses"]) == len(small.clauses)
    assert [data["texts"][column["name"]] for column in data["columns"]] == ["ref", "mlx"]
    for backend, packed in zip(small.backends, data["results"], strict=True):
        own = [result for result in small.results if result.backend == backend.name]
        assert len(packed["verdicts"].replace("-", "")) == len(own)
        assert packed["verdicts"].count("f") == sum(result.verdict == "failed" for result in own)
        assert len(packed["measured"]["at"]) == sum(result.measurement is not None for result in own)


def test_the_latest_run_is_current_and_the_baseline_never(small, earlier):
    data = page_data([earlier, small])
    starts = [data["texts"][data["runs"][column["run"]]["started"]] for column in data["columns"]]
    assert data["current"] == 2
    assert starts == [small.run.started] * 2 + [earlier.run.started] * 2
    # The main branch's run may be later than the one that is compared with it.
    data = page_data([earlier], small)
    assert data["texts"][data["runs"][data["columns"][0]["run"]]["started"]] == earlier.run.started
    assert data["texts"][data["runs"][data["baseline"]]["started"]] == small.run.started


def test_a_summary_without_script_has_totals_and_failures(planted_page, small_page):
    summary = re.search(r"<noscript>(.*)</noscript>", planted_page, re.DOTALL)[1]
    assert "claimed checks passed" in summary
    assert "documented checks claimed" in summary
    assert "the look-ahead is missing" in summary
    assert "pytest --backend=ref" in summary
    assert "No check failed." not in re.search(r"<noscript>(.*)</noscript>", small_page, re.DOTALL)[1]


def test_hostile_text_makes_no_tag_and_no_page_of_megabytes():
    hostile, harmless = render([report_hostile.make()]), render([harmless_twin()])
    # Every tag of the page is one that the same page with harmless text has.
    assert {tag for tag, _ in Tags(hostile).found} == {tag for tag, _ in Tags(harmless).found}
    assert all(name not in ("onerror", "onload") for _, attributes in Tags(hostile).found for name in attributes)
    assert len(hostile) < 400_000
    hostile.encode()
    assert not set(hostile) & set("\x00\x07\x1b\u202e\u2066\u200b")


def harmless_twin():
    """Return a result file of the same shape as the hostile one, with nothing in it but letters."""
    made = report_hostile.make()
    results = tuple(replace(result, failure=None) if result.failure is None else result for result in made.results)
    words = dict.fromkeys(report_hostile.ALL, "harmless")
    return replace(made, suite=replace(made.suite, name="harmless"), machine=words and {}, results=results)


def test_failures_beyond_the_budget_keep_their_summary(small):
    failure = next(
        result.failure for result in small.results if result.failure is not None and result.failure.surroundings
    )
    budget = DetailBudget(characters=len(failure.surroundings))
    assert budget.allows(0, "a.b", failure)
    assert not budget.allows(0, "a.b", failure)
    # The first failure of another behaviour, or of another backend, is always told.
    assert budget.allows(0, "a.c", failure)
    assert budget.allows(1, "a.b", failure)


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0.123456, 0.123), (1.00004, 1.0), (1.0004, 1.0004), (0.99996, 0.99996), (float("inf"), "inf"), (2.0, 2)],
)
def test_numbers_keep_the_digits_that_decide(number, shown):
    assert significant(number) == shown
