"""From result files to the text of one HTML page. Equal result files give an equal page."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from reports import text
from reports.html.pack import columns_of, in_order, page_data
from reports.html.plain import plain_summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.model import ResultFile

VIEWS = (
    ("overview", "Overview"),
    ("matrix", "Behaviours"),
    ("accuracy", "Accuracy"),
    ("comparison", "Comparison"),
    ("findings", "Findings"),
    ("history", "History"),
    ("about", "How to read"),
)
NAMES_IN_TITLE = 4


def render(result_files: Sequence[ResultFile], baseline: ResultFile | None = None) -> str:
    """Return the page of one or more result files.

    Runs of different backends become columns of one matrix; several runs of one backend become its history, the
    latest being the one that is shown.

    Args:
        result_files: The runs, in any order; at least one.
        baseline: An earlier run that the overview says the changes since.

    Raises:
        ValueError: when there is no result file.
    """
    if not result_files:
        raise ValueError("expected at least one result file to make a page of, not none")
    style, script = _joined("styles", ".css"), f'"use strict";\n(() => {{\n{_joined("scripts", ".js")}}})();\n'
    runs = in_order(result_files)
    columns, current = columns_of(runs)
    suite = runs[-1].suite
    return (
        _environment()
        .get_template("page.j2")
        .render(
            title=_title([backend.name for _, backend in columns[:current]]),
            generator=text.line(f"{suite.name} {suite.version}"),
            views=VIEWS,
            # The hashes are taken over exactly what stands between the tags.
            style=Markup(style),  # noqa: S704 - our own file
            style_hash=_hash(style),
            script=Markup(script),  # noqa: S704 - our own files
            script_hash=_hash(script),
            data=_packed(page_data(result_files, baseline)),
            **plain_summary(runs, columns[:current]),
        )
    )


def _title(names: list[str]) -> str:
    shown = ", ".join(text.line(name, 40) for name in names[:NAMES_IN_TITLE])
    return f"{shown}{' …' if len(names) > NAMES_IN_TITLE else ''}: conformance report"


def _packed(data: dict[str, Any]) -> str:
    """Return the data as the page holds it: JSON in ASCII, gzip, base64. None of it can end an element early."""
    return base64.b64encode(gzip.compress(json.dumps(data, separators=(",", ":")).encode(), 9, mtime=0)).decode()


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _joined(folder: str, ending: str) -> str:
    """Return the files of a folder, by name, as one text."""
    found = sorted(
        (entry for entry in files("reports.html").joinpath(folder).iterdir() if entry.name.endswith(ending)),
        key=lambda entry: entry.name,
    )
    return "".join(entry.read_text(encoding="utf-8") for entry in found)


def _environment() -> Environment:
    def source(name: str) -> str:
        return files("reports.html").joinpath(name).read_text(encoding="utf-8")

    return Environment(
        loader=FunctionLoader(source), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
