"""Opening the page in a real browser, from a folder, without a network."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

if TYPE_CHECKING:
    from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")


def missing(what: str) -> NoReturn:
    """Skip the test that needs what is missing; in continuous integration, where skips are not read, fail it."""
    if os.environ.get("CI", "") not in ("", "0", "false"):
        pytest.fail(f"{what}; in continuous integration the browser tests are not skipped", pytrace=False)
    pytest.skip(what)


def show(page: Any, address: str) -> None:
    """Go to another address of the page, and wait until what it names is drawn."""
    page.evaluate(
        """address => new Promise(done => {
            const drawn = () => requestAnimationFrame(() => requestAnimationFrame(done));
            if (location.hash === `#${address}`) return drawn();
            addEventListener('hashchange', drawn, {once: true});
            location.hash = address;
        })""",
        address,
    )


def settle(page: Any) -> None:
    """Wait until what was asked for is drawn: rows that come a moment later, and what follows a scroll."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


class Pages:
    """The pages that one test opens."""

    def __init__(self, chromium: Any, folder: Path) -> None:
        self._chromium = chromium
        self._folder = folder
        self._contexts: list[Any] = []
        self.faults: list[str] = []
        self.requests: list[str] = []

    def open(
        self, html: str, address: str = "", *, width: int = 1280, height: int = 800, wait: bool = True, **options: Any
    ):
        """Write the page to a file and open it; return the browser's page when it is ready for its reader."""
        path = self.write(html)
        context = self._chromium.new_context(viewport={"width": width, "height": height}, **options)
        self._contexts.append(context)
        # A slow machine takes its time; only what never comes fails.
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(f"{path.as_uri()}{address}")
        if wait:
            page.wait_for_selector("body[data-ready]")
        return page

    def write(self, html: str) -> Path:
        """Write the page's file; return where it is."""
        path = self._folder / "report.html"
        path.write_text(html, encoding="utf-8")
        return path

    def close(self) -> None:
        """Close every page, and fail where one of them logged an error or asked for anything but itself."""
        for context in self._contexts:
            context.close()
        assert self.faults == []
        assert {url.partition("#")[0] for url in self.requests} <= {(self._folder / "report.html").as_uri()}


def rows(page):
    """The rows of the matrix that exist."""
    return page.locator("table.matrix tr.clause")


def names(page):
    """The behaviours that the matrix shows."""
    return [text.replace("\n", "") for text in page.locator("table.matrix tr.clause a.id").all_inner_texts()]


def search(page, query):
    """Search as a reader does; return how many were found, as the page says it."""
    page.locator("#search").fill(query)
    return page.locator(".view-head .count").inner_text()


def measured_by_group(small):
    """The measurements of a run by operator, backend and type, as the chart of accuracy has them."""
    clauses = {clause.id: clause for clause in small.clauses}
    groups = {}
    for result in small.results:
        if result.measurement is not None:
            key = (clauses[result.clause].subject, result.backend, result.dtype)
            groups.setdefault(key, []).append(result.measurement.ratio)
    return groups
