"""The limits of a report of 20,000 results over five backends that do not depend on the machine.

Times, which do, are benchmarks: ``python -m benchmarks report``.
"""

from __future__ import annotations

import make_results
import pytest
from report_browser import settle, show

from reports.html import render


@pytest.fixture(scope="module")
def large():
    return make_results.make(20_000)


@pytest.fixture(scope="module")
def large_page(large):
    return render([large])


def test_the_file_is_small(large, large_page):
    assert len(large.results) == 20_000
    assert len(large_page.encode()) < 1_500_000


def test_few_elements_exist_at_a_time(large_page, pages):
    page = pages.open(large_page)
    for view in ("overview", "matrix", "accuracy", "accuracy?show=largest", "comparison", "findings", "about"):
        show(page, view)
        for place in (0, 0.5, 1):
            page.evaluate("share => window.scrollTo(0, share * document.documentElement.scrollHeight)", place)
            settle(page)
            assert page.evaluate("document.querySelectorAll('*').length") < 5000, view


def test_memory_stays_within_its_limit(large_page, pages):
    page = pages.open(large_page, "#matrix")
    for view in ("overview", "accuracy", "comparison", "matrix"):
        show(page, view)
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    assert sum(usage.get(part, 0) for part in ("usedSize", "embedderHeapUsedSize", "backingStorageSize")) < 150e6
