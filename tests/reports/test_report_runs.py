"""The page in a real browser: comparisons, history, and how numbers are charted."""

from __future__ import annotations

from dataclasses import replace

import make_results
from report_browser import measured_by_group

from reports.compare import KINDS, compare
from reports.html import render


def compared(pages, html):
    """The page's comparison of two runs of mlx, and how many changes of each kind it shows."""
    page = pages.open(html, "#comparison")
    page.locator("select").nth(0).select_option(label="mlx 0.29.1 — 1 February 2025, 09:30 UTC")
    page.locator("select").nth(1).select_option(label="mlx 0.29.1 — 1 March 2025, 09:30 UTC")
    return page, {
        tile.locator(".tile-word").inner_text().split(" ", 1)[1].strip(): tile.locator(".tile-count").inner_text()
        for tile in page.locator(".tile").all()
    }


def test_every_change_of_a_verdict_is_told_as_the_command_tells_it(pages, small, earlier):
    later = [result for result in small.results if result.backend == "mlx"]
    examples = {result.verdict: result for result in later}
    assert set(examples) == {"passed", "failed", "deviation", "unsupported"}
    changed = {}
    for example in examples.values():  # one check for each verdict that becomes another, or stays
        alike = iter([result for result in later if result.verdict == example.verdict])
        for was in examples.values():
            told = {name: getattr(was, name) for name in ("verdict", "measurement", "failure", "reason", "link")}
            one = next(alike)
            changed[id(one)] = replace(one, **told)
    before = replace(earlier, results=tuple(changed.get(id(result), result) for result in small.results))
    (_, mlx) = compare(before, small)
    counts = {kind: len(mlx.of(kind)) for kind in KINDS}
    told = ("newly failing", "newly passing", "no longer offered", "newly offered", "other verdict")
    assert [counts[kind] for kind in told] == [2, 2, 3, 3, 2]
    assert compared(pages, render([small, before]))[1] == {kind: f"{count:,}" for kind, count in counts.items()}


def test_the_comparison_agrees_with_the_command(pages, small, earlier, small_page):
    page, shown = compared(pages, small_page)
    (_, mlx) = compare(earlier, small)
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


def test_a_single_backend_has_nothing_to_compare_and_says_how(pages):
    page = pages.open(render([make_results.make(1, backends=("ref",))]), "#comparison")
    assert "--since old.json" in page.locator(".nothing").inner_text()
    page.goto(page.url.replace("#comparison", "#history"))
    assert "one run of each backend" in page.locator(".nothing").inner_text()


def numbers(page, column):
    """Return the numbers of a column of the table of accuracy, as far as its rows are on screen."""
    told = page.locator(f"table tbody tr:not(.spacer) td:nth-of-type({column})").all_inner_texts()
    return [float(text.split()[0].replace(",", "").replace("∞", "inf")) for text in told if text]


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


def test_a_sparkline_says_its_numbers(pages, small, earlier, small_page):
    page = pages.open(small_page, "#history")
    failed = [
        sum(r.backend == "mlx" and r.verdict in ("failed", "error") for r in run.results) for run in (earlier, small)
    ]
    lines = page.locator(".history", has_text="mlx").locator("svg.sparkline")
    assert lines.nth(2).get_attribute("aria-label") == f"Failed, from {failed[0]} to {failed[1]} over 2 runs"
    assert lines.nth(2).locator("circle").count() == 2
