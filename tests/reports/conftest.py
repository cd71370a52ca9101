"""Fixtures of the report's tests: small result files, and a real browser where there is one."""

from __future__ import annotations

import os
import shutil

import make_results
import pytest
import report_planted
from report_browser import BROWSERS, Pages

from reports.html import render


@pytest.fixture(scope="session")
def small():
    """Two backends, a few hundred checks each."""
    return make_results.make(1200, backends=("ref", "mlx"), seed=1)


@pytest.fixture(scope="session")
def earlier():
    """The same plan, earlier, with other luck."""
    return make_results.make(1200, backends=("ref", "mlx"), seed=2, started="2025-02-01T09:30:00Z")


@pytest.fixture(scope="session")
def chromium():
    """A Chromium that runs without a screen; tests that need one are skipped where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install playwright)")
    asked = os.environ.get("REPORT_BROWSER")
    path = shutil.which(asked) if asked else next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is installed (Debian: apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"]
        opened = playwright.chromium.launch(executable_path=path, args=flags)
        yield opened
        opened.close()


@pytest.fixture
def pages(chromium, tmp_path):
    """Opens pages from a folder, as a reader would, and fails the test where one logs an error."""
    opened = Pages(chromium, tmp_path)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def small_page(small, earlier):
    """The page of the small run with its earlier one."""
    return render([small, earlier])


@pytest.fixture(scope="session")
def planted_page():
    """The page of a backend with ten planted faults."""
    return render([report_planted.make()])
