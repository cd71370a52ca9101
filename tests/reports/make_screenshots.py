"""Make the README's screenshots from the result files of real runs, the last backend being the faulty one.

``pytest --backend=ref --backend=torch --backend=tests.reports.faulty_backend:backend --report out/three.html``, then
``python tests/reports/make_screenshots.py out/three.json``.
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

from palette import reduced
from playwright.sync_api import sync_playwright
from report_browser import BROWSERS, settle

from reports.html import render
from reports.model import load

IMAGES = Path(__file__).parents[2] / "docs" / "images"
SIZE = {"width": 1280, "height": 800}
TALL = {"width": 1280, "height": 1120}
LARGEST = 150_000
"""Bytes that an image may have."""


def shots(names: list[str]) -> list[tuple[str, str, str, dict[str, int]]]:
    """Return the name, address, colours and size of every image, of a page whose last backend is the faulty one."""
    first, faulty = quote(names[0]), quote(names[-1])
    failure = f"#matrix?q=status%3Afailed&clause=gelu.value&backend={faulty}"
    return [
        ("overview", "#overview", "light", SIZE),
        ("matrix", "#matrix?order=failing", "light", SIZE),
        ("failure", failure, "light", TALL),
        ("failure-dark", failure, "dark", TALL),
        ("accuracy", f"#accuracy?q=backend%3A{first}%2C{faulty}+card%3Aconv2d%2Cgelu%2Clinear%2Csgd", "light", SIZE),
        ("comparison", f"#comparison?a=0&b={len(names) - 1}", "light", SIZE),
    ]


def main() -> None:
    """Write the images."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", nargs="+")
    files = [load(path) for path in parser.parse_args().results]
    names = list(dict.fromkeys(backend.name for file in files for backend in file.backends))
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "report.html"
        path.write_text(render(files), encoding="utf-8")
        found = next(filter(None, map(shutil.which, BROWSERS)))
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        decoder = browser.new_page()
        for name, address, scheme, size in shots(names):
            page = browser.new_page(viewport=size, color_scheme=scheme)
            page.goto(path.as_uri() + address)
            page.wait_for_selector("body[data-ready]")
            settle(page)
            image = reduced(page.screenshot(), decoder)
            page.close()
            if len(image) > LARGEST:
                raise SystemExit(f"{name}: expected at most {LARGEST} bytes, not {len(image)}")
            (IMAGES / f"{name}.png").write_bytes(image)
        browser.close()


if __name__ == "__main__":
    main()
