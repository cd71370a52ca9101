"""The page for every reader: axe-core finds nothing in any view, in light and dark, on a phone and at 200 % zoom."""

from __future__ import annotations

from importlib.resources import files
from importlib.util import find_spec

import pytest
import report_hostile
from report_browser import missing, settle, show

from reports.html import render

VIEWS = ("overview", "matrix", "accuracy", "accuracy?show=largest", "comparison", "findings", "history", "about")


@pytest.fixture(scope="module")
def axe():
    """The text of axe-core, which judges a page as it stands."""
    if find_spec("axe_playwright_python") is None:
        missing("axe-core is not installed (pip install axe-playwright-python)")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page):
    """Return what axe-core has against the page, one line each."""
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{v['id']}: {node['target']} {node['failureSummary']}" for v in found for node in v["nodes"]]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_axe_finds_nothing(scheme, width, axe, pages, small, small_page):
    # The page's own policy would refuse axe-core's script; what is judged is the page, not the policy.
    page = pages.open(small_page, width=width, color_scheme=scheme, bypass_csp=True)
    page.evaluate(axe)
    failure = next(r for r in small.results if r.verdict == "failed")
    passed = next(r for r in small.results if r.measurement is not None and r.verdict == "passed")
    panel = f"matrix?clause={failure.clause}&backend=mlx"
    check = f"matrix?clause={passed.clause}&check={passed.check.replace('[ref', '[*')}"
    for view in (*VIEWS, panel, check, "matrix?q=stauts%3Afailed+nothing"):
        show(page, view)
        assert violations(page) == [], view
    page.keyboard.press("?")
    assert violations(page) == []


def test_axe_finds_nothing_with_hostile_text(axe, pages):
    page = pages.open(render([report_hostile.make()]), bypass_csp=True)
    page.evaluate(axe)
    for view in VIEWS:
        show(page, view)
        assert violations(page) == [], view


def test_the_switch_changes_the_colours_and_stays(pages, small_page):
    page = pages.open(small_page, color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    button = page.locator("#theme")
    assert "System" in button.get_attribute("aria-label")
    button.click()
    assert page.evaluate(ground) == light
    button.click()
    dark = page.evaluate(ground)
    assert dark != light
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.evaluate(ground) == dark


@pytest.mark.parametrize(("width", "zoom"), [(390, 1), (320, 1), (1280, 2)])
def test_nothing_runs_over_the_edge(width, zoom, pages, small, small_page):
    # A zoom of 200 % halves the width that the page has, and doubles its pixels.
    page = pages.open(small_page, width=width // zoom, height=800 // zoom, device_scale_factor=zoom)
    failure = next(r for r in small.results if r.verdict == "failed")
    for view in (*VIEWS, f"matrix?clause={failure.clause}&backend=mlx"):
        show(page, view)
        assert page.evaluate("document.documentElement.scrollWidth") <= width // zoom, view


def test_a_phone_shows_the_list_or_the_behaviour(pages, small_page):
    page = pages.open(small_page, "#matrix", width=390)
    page.evaluate("window.scrollTo(0, 3000)")
    settle(page)
    row = page.locator("table.matrix tr.clause a.id").nth(8)
    name = row.inner_text()
    row.click()
    assert page.locator(".panel h2").inner_text() == name
    assert page.locator("table.matrix").is_hidden()
    assert page.locator(".panel h2").bounding_box()["y"] < 500
    page.get_by_role("button", name="Close").click()
    assert page.locator("table.matrix").is_visible()
    assert 0 < page.locator("tr.selected").bounding_box()["y"] < 800


def test_verdicts_are_told_without_colour_or_sight(pages, small_page):
    page = pages.open(small_page, "#matrix?q=status%3Afailed")
    cell = page.locator("td .status.failed").first
    assert cell.inner_text().split()[:2] == ["✕", "failed"]
    assert cell.locator(".glyph").get_attribute("aria-hidden") == "true"
    assert page.locator("table.matrix").get_attribute("aria-rowcount") is not None
    assert page.locator("tr.clause").first.get_attribute("aria-rowindex") is not None
