"""The page in a real browser: what is exported, printed and copied."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import report_hostile
from report_browser import measured_by_group, rows

from reports.compare import compare
from reports.html import render


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


def test_totals_are_exported_with_their_counts(pages, small, small_page):
    page = pages.open(small_page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="JSON").click()
    read = json.loads(Path(waiting.value.path()).read_text())
    assert {row["backend"] for row in read} == {"ref", "mlx"}
    assert sum(row["documented"] for row in read) == len(small.results)
    assert sum(row["failed"] for row in read) == sum(result.verdict == "failed" for result in small.results)


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
