"""The page of 20,000 results over five backends, beside pytest-html's page of the same results."""

from __future__ import annotations

import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.html import render
from reports.model import ResultFile, load
from tests.reports.report_browser import BROWSERS

RESULTS = 20_000
ROOT = Path(__file__).parents[1]
REPLAY = Path(__file__).with_name("replayed.py")
"""A test module that gives the results of a file once more, for pytest-html to report."""
BESIDE = Path(sys.prefix) / "pytest-html"
"""Where `make bench` installs pytest-html: out of the way, since pytest loads every plugin that it finds."""

LIMITS = {
    "built in": (5.0, "s"),
    "size": (1.5, "MB"),
    "ready for its reader after": (1.0, "s"),
    "elements": (5_000.0, ""),
    "slowest search": (50.0, "ms"),
    "memory": (150.0, "MB"),
}
"""What the project promises of its own page."""

VIEWS = ("overview", "accuracy", "accuracy?show=largest", "comparison", "findings", "about", "matrix")
QUERIES = ("status:failed", "backend:mlx conv", "fails in exactly one backend", "differs:jax,mlx", "ratio:>0.5", "")
ELEMENTS = "document.querySelectorAll('*').length"
SEARCH = """query => {
    const box = document.getElementById('search');
    box.value = query;
    const started = performance.now();
    box.dispatchEvent(new Event('input', {bubbles: true}));
    document.body.offsetHeight;
    return performance.now() - started;
}"""


@dataclass(frozen=True)
class Page:
    """What was measured of one page, by what was measured, in the units of ``LIMITS``."""

    figures: dict[str, float]

    @property
    def is_within_limits(self) -> bool:
        """Whether every figure is what the project promises."""
        return all(value <= LIMITS[what][0] for what, value in self.figures.items())


def measure() -> tuple[Page, Page]:
    """Return what was measured of this project's page and of pytest-html's; nothing of what is not installed here."""
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.json"
        made = [sys.executable, "tests/reports/make_results.py", str(results), "--results", str(RESULTS)]
        subprocess.run(made, cwd=ROOT, check=True)  # noqa: S603 - the project's own script
        return _of_ours(load(results), Path(folder) / "report.html"), _of_theirs(results, Path(folder))


def _of_ours(result_file: ResultFile, path: Path) -> Page:
    started = time.perf_counter()
    path.write_text(render([result_file]), encoding="utf-8")
    figures = {"built in": time.perf_counter() - started, "size": path.stat().st_size / 1e6}
    with _browser() as browser:
        if browser is None:
            return Page(figures)
        browser.new_page().goto("about:blank")  # a browser's first page waits for the browser itself
        page = browser.new_page()
        page.goto(f"{path.as_uri()}#overview")
        page.wait_for_selector("body[data-ready]")
        figures["ready for its reader after"] = (
            page.evaluate("performance.getEntriesByName('ready')[0].startTime") / 1000
        )
        figures["elements"] = max(_elements(page, view) for view in VIEWS)
        figures["slowest search"] = max(
            statistics.median(page.evaluate(SEARCH, query) for _ in range(3)) for query in QUERIES
        )
        figures["memory"] = _memory(page)
    return Page(figures)


def _elements(page: Any, view: str) -> float:
    page.evaluate("view => { location.hash = view; }", view)
    page.wait_for_timeout(100)
    return float(page.evaluate(ELEMENTS))


def _of_theirs(results: Path, folder: Path) -> Page:
    """Replay the results under pytest-html, and open what it makes."""
    if not BESIDE.is_dir():
        return Page({})
    path = folder / "pytest-html.html"
    options = ["-q", "-p", "no:conformance.plugin", "-p", "no:xdist", "-p", "no:cacheprovider", "-c", os.devnull]
    command = [sys.executable, "-m", "pytest", *options, f"--html={path}", "--self-contained-html", str(REPLAY)]
    search_path = os.pathsep.join([str(BESIDE), str(ROOT)])
    started = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - pytest itself
        command,
        env={**os.environ, "PYTHONPATH": search_path, "REPLAYED_RESULTS": str(results)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if not path.exists():
        raise RuntimeError(f"pytest-html made no page: {done.stdout[-800:]}{done.stderr[-800:]}")
    figures = {"built in": time.perf_counter() - started, "size": path.stat().st_size / 1e6}
    with _browser() as browser:
        if browser is None:
            return Page(figures)
        page = browser.new_page()
        page.set_default_timeout(300_000)
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_function(f"document.querySelectorAll('.results-table-row').length >= {RESULTS}", polling=500)
        figures["ready for its reader after"] = page.evaluate("performance.now()") / 1000
        figures["elements"] = float(page.evaluate(ELEMENTS))
        figures["memory"] = _memory(page)
    return Page(figures)


def _memory(page: Any) -> float:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    # The script's objects, the elements, and what arrays of numbers hold.
    return sum(float(usage.get(part, 0)) for part in ("usedSize", "embedderHeapUsedSize", "backingStorageSize")) / 1e6


@contextmanager
def _browser() -> Iterator[Any]:
    """Give a Chromium, or None where there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None or importlib.util.find_spec("playwright") is None:
        yield None
        return
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - an extra

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def table(ours: Page, theirs: Page) -> str:
    """Return both pages' figures side by side, with what is allowed of ours."""
    lines = [
        f"The page of {RESULTS:,} results over five backends, on the wall clock",
        f"{'':<28}{'allowed':>12}{'this page':>12}{'pytest-html':>14}  verdict",
    ]
    for what, (limit, unit) in LIMITS.items():
        value = ours.figures.get(what)
        verdict = "no browser" if value is None else "kept" if value <= limit else "not kept"
        cells = f"{_cell(limit, unit):>12}{_cell(value, unit):>12}{_cell(theirs.figures.get(what), unit):>14}"
        lines.append(f"{what:<28}{cells}  {verdict}")
    lines += [] if theirs.figures else ["pytest-html is not there to be measured; `make bench` installs it."]
    lines += ["pytest-html's time to build includes running the tests. It has no search."] if theirs.figures else []
    return "\n".join(lines) + "\n"


def _cell(value: float | None, unit: str) -> str:
    return "-" if value is None else f"{value:,.0f} {unit}" if value >= 1000 else f"{value:.3g} {unit}"
