"""Fixtures of the report's tests: small result files, and a real browser where there is one."""

from __future__ import annotations

import os
import shutil

import make_results
import pytest
import report_planted
from report_browser import BROWSERS, Pages, missing

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
    """A Chromium that runs without a screen. Tests that need one are skipped where there is none, but not in CI."""
    try:
        from playwright import sync_api
    except ImportError:
        missing("playwright is not installed (pip install playwright)")
    asked = os.environ.get("REPORT_BROWSER")
    names = BROWSERS if asked is None else (asked,)
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        missing(f"no browser: none of {', '.join(names)} is installed (Debian: apt-get install chromium)")
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
