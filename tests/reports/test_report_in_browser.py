"""The page in a real browser: search, drill-down, links, keys, comparison, export, print, without script."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import make_results
import report_hostile
import report_planted
from report_browser import settle

from reports.compare import KINDS, compare
from reports.html import render


def rows(page):
    return page.locator("table.matrix tr.clause")


def names(page):
    return [text.replace("\n", "") for text in page.locator("table.matrix tr.clause a.id").all_inner_texts()]


def search(page, query):
    page.locator("#search").fill(query)
    return page.locator(".view-head .count").inner_text()


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


def test_search_covers_every_row_and_updates_while_typing(pages, small, small_page):
    page = pages.open(small_page, "#matrix")
    failed = [r for r in small.results if r.verdict == "failed" and r.backend == "mlx"]
    count = search(page, "status:failed backend:mlx")
    assert count == f"{len({r.clause for r in failed})} of {len(small.clauses)} behaviours, {len(failed)} checks found"
    assert set(names(page)) == {r.clause for r in failed}
    search(page, "zzz-nothing")
    assert page.locator(".nothing").is_visible()
    # A row far below the screen is found, and a query can be a question.
    last = small.clauses[-1].id
    search(page, last)
    assert names(page) == [last]
    count = search(page, "differs between ref and mlx")
    assert "0 checks" not in count
    assert search(page, "differs:ref,mlx") == count


QUERIES = [
    ("imprecise", lambda r, _: r.imprecise),
    ("status:unsupported", lambda r, _: r.verdict == "unsupported"),
    ("status:failed,error", lambda r, _: r.verdict in ("failed", "error")),
    ("-status:passed -backend:ref", lambda r, _: r.verdict != "passed" and r.backend != "ref"),
    ("profile:gradient dtype:float64", lambda r, c: c.profile == "gradient" and r.dtype == "float64"),
    ("card:conv2d", lambda _, c: c.subject == "conv2d"),
    ("card:conv*", lambda _, c: c.subject.startswith("conv")),
    ("family:loss law:value", lambda r, c: c.family == "loss" and r.law == "value"),
    ("ratio:>1", lambda r, _: r.measurement is not None and r.measurement.ratio > 1),
    ("is:exhaustive", lambda r, _: r.measurement is not None and r.measurement.exhaustive),
    ('"rounded down"', lambda _, c: "rounded down" in c.sentence),
    ("NESTEROV", lambda _, c: "nesterov" in (c.id + c.sentence).lower()),
]


def test_a_query_finds_what_it_says(pages, small, small_page):
    clauses = {clause.id: clause for clause in small.clauses}
    page = pages.open(small_page, "#matrix")
    for query, wanted in QUERIES:
        expected = sum(bool(wanted(result, clauses[result.clause])) for result in small.results)
        assert expected > 0, query
        assert f", {expected:,} check" in search(page, query), query


def test_failing_in_exactly_one_backend_is_told_apart(pages, small, small_page):
    page = pages.open(small_page, "#matrix")
    wrong = {
        r.check.replace("[ref-", "[mlx-")
        for r in small.results
        if r.backend == "ref" and r.verdict not in ("passed", "unsupported")
    }
    other = {r.check for r in small.results if r.backend == "mlx" and r.verdict in ("failed", "error", "deviation")}
    # Both results of a check that one backend fails are found.
    assert f", {2 * len(wrong ^ other)} checks" in search(page, "fails in exactly one backend")


def test_a_slip_in_a_query_is_pointed_out(pages, small_page):
    page = pages.open(small_page, "#matrix")
    search(page, "stauts:failed")
    assert "There is no filter “stauts:”" in page.locator(".problem").inner_text()
    search(page, "status:broken")
    assert "not “broken”" in page.locator(".problem").inner_text()
    # Names that every object of the page's language has are no filters either.
    search(page, "constructor:x __proto__:y toString:z hasOwnProperty:")
    assert "There is no filter “constructor:”" in page.locator(".problem").first.inner_text()
    search(page, "backend:jax")
    assert "No backend here is called “jax”; there are ref and mlx." in page.locator(".problem").inner_text()


def test_chips_add_and_take_away_filters(pages, small_page):
    page = pages.open(small_page, "#matrix")
    page.get_by_role("button", name="status:failed", exact=True).click()
    page.get_by_role("button", name="backend:mlx", exact=True).click()
    assert page.locator("#search").input_value() == "status:failed backend:mlx"
    assert "q=status%3Afailed+backend%3Amlx" in page.url
    page.get_by_role("button", name="status:failed", exact=True).click()
    assert page.locator("#search").input_value() == "backend:mlx"


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


def test_a_reader_can_go_back(pages, small_page):
    page = pages.open(small_page)
    page.get_by_role("link", name="Accuracy").click()
    page.get_by_role("link", name="Findings").click()
    page.go_back()
    assert page.locator("h1").inner_text() == "Accuracy"
    page.go_back()
    assert page.locator("h1").inner_text().startswith("Does it do")


def test_the_keyboard_is_enough(pages, small_page):
    page = pages.open(small_page)
    page.keyboard.press("/")
    page.keyboard.type("status:failed")
    page.wait_for_url("**#matrix?q=status%3Afailed")
    page.keyboard.press("Enter")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.textContent")
    assert first != second
    assert names(page)[:2] == [first, second]
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    assert page.locator(".panel h2").inner_text() == first
    assert page.evaluate("document.activeElement.tagName") == "H2"
    # With the panel open, the list can be walked on.
    page.keyboard.press("j")
    assert page.locator(".panel h2").inner_text() == second
    page.keyboard.press("Escape")
    assert page.locator(".panel").is_hidden()
    assert page.evaluate("document.activeElement.textContent") == second
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("c")
    assert page.locator("h1").inner_text() == "Comparison"


def test_walking_through_all_rows_keeps_the_focus(pages, small_page):
    page = pages.open(small_page, "#matrix")
    for _ in range(60):
        page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('tr.selected a.id')")
    focused = page.locator("tr.selected a.id").bounding_box()
    assert 0 < focused["y"] < 800


def test_the_comparison_agrees_with_the_command(pages, small, earlier, small_page):
    page = pages.open(small_page, "#comparison")
    page.locator("select").nth(0).select_option(label="mlx 0.29.1 — 1 February 2025, 09:30 UTC")
    page.locator("select").nth(1).select_option(label="mlx 0.29.1 — 1 March 2025, 09:30 UTC")
    (_, mlx) = compare(earlier, small)
    shown = {
        tile.locator(".tile-word").inner_text().split(" ", 1)[1].strip(): tile.locator(".tile-count").inner_text()
        for tile in page.locator(".tile").all()
    }
    assert shown == {kind: f"{len(mlx.of(kind)):,}" for kind in KINDS}
    page.locator(".tile.broken").click()
    assert set(page.locator("table.differences td.change").all_inner_texts()) == {"✕ newly failing"}
    assert page.locator("table.differences").get_attribute("aria-rowcount") == str(1 + len(mlx.of("newly failing")))


def test_the_overview_says_what_changed_since_the_earlier_run(pages, small, earlier):
    page = pages.open(render([small], earlier))
    section = page.locator("section", has_text="What changed since 1 February 2025")
    (_, mlx) = compare(earlier, small)
    assert section.locator("tbody tr", has_text="mlx").locator("td").first.inner_text() == str(
        len(mlx.of("newly failing"))
    )


def test_suites_that_differ_are_not_called_comparable(pages, small, earlier):
    first, *rest = earlier.clauses
    other = replace(
        earlier, clauses=(replace(first, sentence="It was otherwise."), *rest), suite=replace(earlier.suite, digest="0")
    )
    page = pages.open(render([small, other]), "#comparison")
    warning = page.locator("section.warning").inner_text()
    assert "judged by different versions of the suite" in warning
    assert "not comparable" in warning
    assert "It was otherwise." in warning


def test_history_and_findings_are_shown(pages, small, small_page):
    page = pages.open(small_page, "#history")
    assert page.locator(".history").count() == 2
    assert page.locator(".history").first.locator("svg.sparkline").count() == 4
    page = pages.open(small_page, "#findings")
    deviations = {(r.backend, r.reason, r.link) for r in small.results if r.verdict == "deviation"}
    assert page.locator(".finding").count() == len(deviations)
    told = page.locator(".finding").first.inner_text()
    assert "What the documentation says" in told
    assert "Rounds half up" in told
    assert "mlx 0.29.1" in told


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


def test_the_view_is_exported_as_csv_and_json(pages, small, small_page):
    page = pages.open(small_page, "#matrix?q=status%3Afailed")
    failed = [r for r in small.results if r.verdict == "failed"]
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    read = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text())))
    assert {row["check"] for row in read} == {r.check for r in failed}
    assert {row["reproduce"] for row in read} == {r.reproduce for r in failed}
    with page.expect_download() as waiting:
        page.get_by_role("button", name="JSON").click()
    assert len(json.loads(Path(waiting.value.path()).read_text())) == len(failed)


def test_no_cell_of_the_csv_is_a_formula(pages):
    page = pages.open(render([report_hostile.make()]), "#matrix")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    read = list(csv.reader(io.StringIO(Path(waiting.value.path()).read_text())))
    cells = [cell for row in read for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not any(cell.lstrip()[:1] in ("=", "+", "-", "@", "|") for cell in cells)


def test_paper_shows_every_row_and_no_controls(pages, small, small_page):
    page = pages.open(small_page, "#matrix")
    assert rows(page).count() < 100
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print").click()
    page.emulate_media(media="print")
    assert rows(page).count() == len(small.clauses)
    assert page.locator(".masthead").is_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert rows(page).count() < 100


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


def test_a_single_backend_has_nothing_to_compare_and_says_how(pages):
    page = pages.open(render([make_results.make(1, backends=("ref",))]), "#comparison")
    assert "--since old.json" in page.locator(".nothing").inner_text()
    page.goto(page.url.replace("#comparison", "#history"))
    assert "one run of each backend" in page.locator(".nothing").inner_text()


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


def test_totals_are_exported_with_their_counts(pages, small, small_page):
    page = pages.open(small_page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="JSON").click()
    read = json.loads(Path(waiting.value.path()).read_text())
    assert {row["backend"] for row in read} == {"ref", "mlx"}
    assert sum(row["documented"] for row in read) == len(small.results)
    assert sum(row["failed"] for row in read) == sum(result.verdict == "failed" for result in small.results)


def numbers(page, column):
    """Return the numbers of a column of the table of accuracy, as far as its rows are on screen."""
    told = page.locator(f"table tbody tr:not(.spacer) td:nth-of-type({column})").all_inner_texts()
    return [float(text.split()[0].replace(",", "").replace("∞", "inf")) for text in told if text]


def measured_by_group(small):
    clauses = {clause.id: clause for clause in small.clauses}
    groups = {}
    for result in small.results:
        if result.measurement is not None:
            key = (clauses[result.clause].subject, result.backend, result.dtype)
            groups.setdefault(key, []).append(result.measurement.ratio)
    return groups


def test_the_accuracy_is_charted_by_operator_backend_and_type(pages, small, small_page):
    groups = measured_by_group(small)
    page = pages.open(small_page, "#accuracy")
    lines = page.locator("table.accuracy tbody tr:not(.spacer)")
    assert page.locator("table.accuracy").get_attribute("aria-rowcount") == str(1 + len(groups))
    # The worst comes first, with its budget as a line and its worst check as a cross beyond it.
    (card, backend, dtype), worst = max(groups.items(), key=lambda group: max(group[1]))
    first = lines.first
    assert first.locator("th").inner_text() == card
    assert first.locator("td").nth(0).inner_text() == backend
    assert first.locator("td").nth(1).inner_text() == dtype
    chart = first.locator("svg.distribution")
    assert chart.get_attribute("aria-label").startswith(f"{len(worst)} checks: median ")
    assert chart.locator("line.budget").count() == chart.locator("line.median").count() == 1
    assert chart.locator(".worst.over").get_attribute("d") is not None
    budget, mark = (chart.locator(part).bounding_box() for part in ("line.budget", ".worst.over"))
    assert mark["x"] > budget["x"]
    assert numbers(page, 5) == sorted(numbers(page, 5), reverse=True)
    page.get_by_role("button", name="Median").click()
    page.get_by_role("button", name="Median").click()
    assert numbers(page, 4) == sorted(numbers(page, 4))
    assert "sort=median-up" in page.url
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Median")


def test_the_largest_errors_are_listed_with_their_inputs(pages, small, small_page):
    worst = max((r for r in small.results if r.measurement is not None), key=lambda r: r.measurement.ulp)
    page = pages.open(small_page, "#accuracy")
    page.get_by_role("link", name="Largest errors").click()
    assert numbers(page, 1) == sorted(numbers(page, 1), reverse=True)
    assert numbers(page, 1)[0] == worst.measurement.ulp
    page.get_by_role("button", name="Error / budget").click()
    assert numbers(page, 2) == sorted(numbers(page, 2), reverse=True)
    for query, said in (("is:exhaustive", "all inputs"), ("-is:exhaustive", "a sample of 40")):
        page.locator("#search").fill(query)
        line = page.locator("table.largest tbody tr:not(.spacer)").first
        assert line.locator("td").last.inner_text() == said
        assert "float" in line.locator("td.call").inner_text()


def download(page, kind):
    with page.expect_download() as waiting:
        page.get_by_role("button", name=kind).click()
    return Path(waiting.value.path()).read_text(encoding="utf-8")


def test_every_view_with_a_table_is_exported_as_it_is_shown(pages, small, earlier, small_page):
    page = pages.open(small_page, "#accuracy")
    assert len(json.loads(download(page, "JSON"))) == len(measured_by_group(small))
    page.get_by_role("link", name="Largest errors").click()
    listed = json.loads(download(page, "JSON"))
    assert [row["ulp"] for row in listed] == sorted((row["ulp"] for row in listed), reverse=True)
    page.goto(page.url.partition("#")[0] + "#findings?q=backend%3Amlx")
    read = list(csv.DictReader(io.StringIO(download(page, "CSV"))))
    assert {row["behaviour"] for row in read} == {
        r.clause for r in small.results if r.verdict == "deviation" and r.backend == "mlx"
    }
    assert {row["versions"] for row in read} == {"mlx 0.29.1"}
    page.goto(page.url.partition("#")[0] + "#comparison")
    page.locator("select").nth(0).select_option(label="mlx 0.29.1 — 1 February 2025, 09:30 UTC")
    page.locator("select").nth(1).select_option(label="mlx 0.29.1 — 1 March 2025, 09:30 UTC")
    (_, mlx) = compare(earlier, small)
    assert len(json.loads(download(page, "JSON"))) == len(mlx.changes)
    page.goto(page.url.partition("#")[0] + "#history")
    assert {row["started"] for row in json.loads(download(page, "JSON"))} == {small.run.started, earlier.run.started}


FORMULAS = ("=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "|calc", "%0A=1", "\uff1d1+1", " \u00a0=1")


def test_whatever_a_spreadsheet_would_calculate_stays_text(pages, small):
    lacking = [result for result in small.results if result.verdict == "unsupported"]
    tricks = {result.check: FORMULAS[place % len(FORMULAS)] for place, result in enumerate(lacking)}
    results = tuple(replace(result, reason=tricks.get(result.check, result.reason)) for result in small.results)
    page = pages.open(render([replace(small, results=results)]), "#matrix?q=status%3Aunsupported")
    reasons = {row["reason"] for row in csv.DictReader(io.StringIO(download(page, "CSV")))}
    assert len(reasons) == len(FORMULAS)
    assert all(reason.startswith("'") for reason in reasons)


def test_the_link_of_a_behaviour_is_copied(pages, small, small_page):
    clause = small.clauses[3].id
    page = pages.open(small_page, f"#matrix?clause={clause}", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    page.wait_for_function("() => document.getElementById('announcer').textContent === 'Copied.'")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_sparkline_says_its_numbers(pages, small, earlier, small_page):
    page = pages.open(small_page, "#history")
    failed = [
        sum(r.backend == "mlx" and r.verdict in ("failed", "error") for r in run.results) for run in (earlier, small)
    ]
    lines = page.locator(".history", has_text="mlx").locator("svg.sparkline")
    assert lines.nth(2).get_attribute("aria-label") == f"Failed, from {failed[0]} to {failed[1]} over 2 runs"
    assert lines.nth(2).locator("circle").count() == 2


def test_a_search_narrows_a_comparison_by_what_checks_are_about(pages, small, earlier, small_page):
    page = pages.open(small_page, "#comparison")
    (_, mlx) = compare(earlier, small)
    page.locator("select").nth(0).select_option(label="mlx 0.29.1 — 1 February 2025, 09:30 UTC")
    page.locator("select").nth(1).select_option(label="mlx 0.29.1 — 1 March 2025, 09:30 UTC")
    for query, wanted in (
        ("dtype:float64", lambda change: change.result.dtype == "float64"),
        ("-dtype:float64", lambda change: change.result.dtype != "float64"),
        ("conv2d.definition", lambda change: change.result.clause == "conv2d.definition"),
    ):
        page.locator("#search").fill(query)
        changed = [change for change in mlx.changes if wanted(change)]
        shown = sum(int(count.replace(",", "")) for count in page.locator(".tile-count").all_inner_texts())
        assert shown == len(changed), query
