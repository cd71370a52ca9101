"""The page in a real browser: what a stranger sees first, a failure in full, and pages that are damaged or hostile."""

from __future__ import annotations

from dataclasses import replace

import report_hostile
import report_planted
from report_browser import search, settle

from reports.html import render


def test_a_stranger_names_all_ten_planted_faults_from_the_overview(pages, planted_page):
    page = pages.open(planted_page)
    found = page.locator(".roots > li")
    assert found.count() == 10
    told = {
        entry.locator(".root-head .id").inner_text(): entry.locator(".summary").inner_text() for entry in found.all()
    }
    assert told == report_planted.FAULTS
    # What only follows is told with its cause, and not as a fault of its own.
    assert "lenet.output" in page.locator(".roots > li", has_text="conv2d.definition").locator(".follows").inner_text()
    page.locator(".roots a", has_text="sgd.nesterov").first.click()
    assert "the look-ahead is missing" in page.locator(".panel .failure").first.inner_text()


def a_failure(small):
    return next(r for r in small.results if r.verdict == "failed" and r.failure.surroundings is not None)


def test_a_failure_tells_everything_and_can_be_linked(pages, small, small_page):
    failure = a_failure(small)
    page = pages.open(small_page, "#matrix")
    search(page, failure.clause)
    page.locator("table.matrix tr.clause td a").first.click()
    card = page.locator(".panel .failure", has_text=f"mlx — {failure.law}").filter(has_text=failure.case).first
    told = card.inner_text()
    for part in (failure.failure.summary, failure.failure.call, failure.failure.expected, failure.failure.actual):
        assert part in told
    assert failure.failure.surroundings.split("\n")[0] in told
    assert failure.reproduce in told
    card.locator("h4 a").click()
    again = pages.open(small_page, page.url[page.url.index("#") :])
    assert failure.failure.summary in again.locator(".panel .failure").first.inner_text()
    assert again.title().startswith(failure.clause)


def test_the_reproduction_line_is_copied(pages, small, small_page):
    failure = a_failure(small)
    address = f"#matrix?clause={failure.clause}&backend=mlx"
    page = pages.open(small_page, address, permissions=["clipboard-read", "clipboard-write"])
    card = page.locator(".panel .failure", has_text=failure.reproduce)
    card.locator("button.copy").click()
    page.wait_for_function("() => document.getElementById('announcer').textContent === 'Copied.'")
    assert page.evaluate("navigator.clipboard.readText()") == failure.reproduce


def test_passed_checks_show_what_was_measured(pages, small, small_page):
    result = next(r for r in small.results if r.verdict == "passed" and r.measurement is not None)
    page = pages.open(small_page, f"#matrix?clause={result.clause}")
    assert page.locator(".panel .documented").inner_text() in {clause.sentence for clause in small.clauses}
    page.locator(".panel table.checks a", has_text=f"{result.law} · {result.case} · {result.dtype}").click()
    told = page.locator(".one-check").inner_text()
    assert result.measurement.worst_call in told
    assert result.check in told
    assert "a sample" in told or "all there are" in told


def test_a_cause_that_shows_in_several_behaviours_is_one_finding(pages, small):
    link = "https://example.org/issues/1"
    known = [r.clause for r in small.results if r.verdict == "deviation" and r.backend == "mlx"]
    joined = tuple(replace(r, link=link) if r.verdict == "deviation" else r for r in small.results)
    page = pages.open(render([replace(small, results=joined)]), "#findings?q=backend%3Amlx")
    assert page.locator(".finding").count() == 1
    told = page.locator(".finding").inner_text()
    assert f"{len(known)} checks" in told
    also = page.locator(".finding dt", has_text="Also shows in").locator("..").locator("a").all_inner_texts()
    assert len(also) == min(8, len(set(known)) - 1)
    assert set(also) < set(known)


def test_without_script_there_is_a_summary(pages, planted_page):
    page = pages.open(planted_page, wait=False, java_script_enabled=False)
    assert page.locator(".summary-page").is_visible()
    assert page.locator(".masthead").is_hidden()
    assert page.locator(".summary-page .failure").count() == 12
    assert "the look-ahead is missing" in page.locator(".summary-page").inner_text()


def test_an_old_browser_is_told_what_it_lacks(pages, small_page):
    page = pages.open("<title>empty</title>", wait=False)
    page.context.add_init_script("delete window.DecompressionStream")
    pages.write(small_page)
    page.reload()
    assert "needs DecompressionStream" in page.get_by_role("alert").inner_text()


def test_damaged_data_is_told_and_not_shown(pages, small_page):
    start = small_page.index('id="data">') + len('id="data">')
    page = pages.open(small_page[: start + 200] + "AAAA" + small_page[start + 204 :], wait=False)
    assert "probably damaged" in page.get_by_role("alert").inner_text()


def test_hostile_text_is_shown_and_never_obeyed(pages):
    page = pages.open(render([report_hostile.make()]))
    for view in ("overview", "matrix", "accuracy", "comparison", "findings", "history", "about"):
        page.locator(f".views a[data-view={view}]").click()
        assert page.locator("h1").count() == 1
        assert page.evaluate("window.hacked") is None
        assert page.locator("img, iframe, object, embed").count() == 0
        assert page.locator("a[href^='javascript']").count() == 0
        assert "\u202e" not in page.content()


def test_hostile_failures_open_like_any_other(pages):
    page = pages.open(render([report_hostile.make()]), "#matrix?q=status%3Afailed%2Cdeviation%2Cerror")
    links = page.locator("table.matrix tr.clause a.id")
    links.nth(5).wait_for()
    for place in range(links.count()):
        links.nth(place).click()
        assert page.locator(".panel .failure").count() >= 1
        page.locator(".panel table.checks a").first.click()
    assert page.evaluate("window.hacked") is None


def test_a_link_shows_the_row_beside_its_panel(pages, small, small_page):
    page = pages.open(small_page, f"#matrix?clause={small.clauses[len(small.clauses) // 2].id}")
    settle(page)
    row = page.locator("tr.selected").bounding_box()
    assert 100 < row["y"] < 700
    # What sticks to the top lies below the bar, and does not cover the row.
    head = page.locator("table.matrix thead th").first.bounding_box()
    bar = page.locator(".masthead").bounding_box()
    assert head["y"] >= bar["y"] + bar["height"] - 1
    assert row["y"] >= head["y"] + head["height"] - 1


def test_the_link_of_a_behaviour_is_copied(pages, small, small_page):
    clause = small.clauses[3].id
    page = pages.open(small_page, f"#matrix?clause={clause}", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    page.wait_for_function("() => document.getElementById('announcer').textContent === 'Copied.'")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
