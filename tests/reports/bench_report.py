"""Measure the report of 20,000 results over five backends, beside pytest-html's for as many where that is installed.

``python tests/reports/bench_report.py`` from the project's folder. Times are on the wall clock: measure where nothing
else runs.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

import make_results
from report_browser import BROWSERS

from reports.html import render

RESULTS = 20_000
READY = "performance.getEntriesByName('ready')[0].startTime"
SEARCH = """query => {
    const box = document.getElementById('search');
    box.value = query;
    const started = performance.now();
    box.dispatchEvent(new Event('input', {bubbles: true}));
    document.body.offsetHeight;
    return performance.now() - started;
}"""


@dataclass(frozen=True)
class Figure:
    """One measurement. ``limit`` is None where there is none."""

    what: str
    value: float
    unit: str
    limit: float | None = None

    def __str__(self) -> str:
        allowed = "" if self.limit is None else f"   (allowed {self.limit:g} {self.unit})"
        return f"{self.what:<44}{self.value:>10.3g} {self.unit}{allowed}"


def measure() -> list[Figure]:
    """Return every figure that can be had here."""
    result_file = make_results.make(RESULTS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        started = time.perf_counter()
        path.write_text(render([result_file]), encoding="utf-8")
        figures = [
            Figure("report: built in", time.perf_counter() - started, "s", 5),
            Figure("report: size", path.stat().st_size / 1e6, "MB", 1.5),
        ]
        return figures + _in_browser(path) + _of_pytest_html(Path(folder))


def _in_browser(path: Path) -> list[Figure]:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or importlib.util.find_spec("playwright") is None:
        return []
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = opened.new_page()
        page.goto(f"{path.as_uri()}#matrix")
        page.wait_for_selector("body[data-ready]")
        searches = [page.evaluate(SEARCH, query) for query in ("status:failed", "conv", "differs:jax,mlx", "") * 3]
        session = page.context.new_cdp_session(page)
        session.send("HeapProfiler.collectGarbage")
        figures = [
            Figure("report: ready for its reader after", page.evaluate(READY) / 1000, "s", 1),
            Figure("report: elements", page.evaluate("document.querySelectorAll('*').length"), "", 5000),
            Figure("report: slowest search", max(searches), "ms", 50),
            Figure("report: memory", session.send("Runtime.getHeapUsage")["usedSize"] / 1e6, "MB", 150),
        ]
        opened.close()
    return figures


def _of_pytest_html(folder: Path) -> list[Figure]:
    """Run as many trivial tests under pytest-html, and open what it makes."""
    if importlib.util.find_spec("pytest_html") is None:
        return []
    (folder / "test_many.py").write_text(
        "import pytest\n\n"
        f"@pytest.mark.parametrize('case', range({RESULTS}))\n"
        "def test_value(case):\n    assert case % 100\n"
    )
    page = folder / "many.html"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:conformance.plugin", "--tb=line", "-c", "/dev/null"]
    command += [f"--html={page}", "--self-contained-html", "test_many.py"]
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    seconds = time.perf_counter() - started
    return [
        Figure("pytest-html: tests run and page built in", seconds, "s"),
        Figure("pytest-html: size", page.stat().st_size / 1e6, "MB"),
    ]


def main() -> None:
    """Print the figures."""
    sys.stdout.writelines(f"{figure}\n" for figure in measure())


if __name__ == "__main__":
    main()
