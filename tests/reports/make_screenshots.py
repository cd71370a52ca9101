"""Make the README's screenshots from the result files of a real run.

``python tests/reports/make_screenshots.py RESULTS.json [EARLIER.json ...]``. The first is a run of
``pytest --backend=ref --backend=torch --backend=tests.reports.faulty_backend:backend --report out/three.html``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from playwright.sync_api import sync_playwright
from report_browser import BROWSERS

from reports.html import render
from reports.model import ResultFile, load

IMAGES = Path(__file__).parents[2] / "docs" / "images"
SIZE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 780}
LARGEST = 150_000
"""Bytes that an image may have."""


def shots(results: ResultFile) -> list[tuple[str, str, dict[str, int], str]]:
    """Return the name, address, size and colours of every image."""
    names = [backend.name for backend in results.backends]
    faulty = names[-1]
    failing = next(
        r
        for r in results.results
        if r.backend == faulty and r.verdict == "failed" and r.failure.surroundings is not None
    )
    failure = f"#matrix?q=status%3Afailed&clause={quote(failing.clause)}&backend={quote(faulty)}"
    return [
        ("overview", "#overview", SIZE, "light"),
        ("matrix", "#matrix?q=card%3Aconv2d", SIZE, "light"),
        ("failure", failure, SIZE, "light"),
        ("failure-dark", failure, SIZE, "dark"),
        ("accuracy", f"#accuracy?q=backend%3A{quote(names[0])}%2C{quote(faulty)}", SIZE, "light"),
        ("comparison", "#comparison?a=0&b=2", SIZE, "light"),
        ("phone", "#overview", PHONE, "light"),
    ]


def main() -> None:
    """Write the images."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", nargs="+")
    files = [load(path) for path in parser.parse_args().results]
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "report.html"
        path.write_text(render(files), encoding="utf-8")
        found = next(filter(None, map(shutil.which, BROWSERS)))
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for name, address, size, scheme in shots(files[0]):
            page = browser.new_page(viewport=size, color_scheme=scheme)
            page.goto(path.as_uri() + address)
            page.wait_for_selector("body[data-ready]")
            page.wait_for_timeout(300)
            image = IMAGES / f"{name}.png"
            page.screenshot(path=image)
            page.close()
            if image.stat().st_size > LARGEST:
                raise SystemExit(f"{image}: expected at most {LARGEST} bytes, not {image.stat().st_size}")
        browser.close()


if __name__ == "__main__":
    main()
