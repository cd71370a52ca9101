"""A badge: score and coverage of one backend as a small SVG, for a README."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from reports import text
from reports.tally import Tally, percentage, tallies, total

if TYPE_CHECKING:
    from reports.document import ResultFile

# Dark enough for white text: a contrast of at least 4.5.
ALL_PASSED, SOME_FAILED, NOT_COMPLETE, LABEL = "#1f7a4d", "#b0261d", "#835300", "#454545"


def badge(result_file: ResultFile, backend: str) -> str:
    """Return the badge of a backend as SVG text.

    Args:
        result_file: The run.
        backend: The backend's name, which the run has.
    """
    counts = total(tallies(result_file)[backend])
    label = text.line(f"{backend} conformance", 40)
    return _drawn(label, message(counts, complete=result_file.run.complete), _colour(counts, result_file))


def message(counts: Tally, *, complete: bool) -> str:
    """Return what the badge says: passed of claimed, and claimed of documented."""
    if counts.claimed == 0:
        return f"0 of {counts.documented:,} claimed"
    score = f"{counts.passed:,}/{counts.claimed:,} passed"
    coverage = f"{percentage(counts.claimed, counts.documented)} of {counts.documented:,} claimed"
    return f"{score}, {coverage}{'' if complete else ' (run ended early)'}"


def _colour(counts: Tally, result_file: ResultFile) -> str:
    if counts.failed > 0 or counts.error > 0:
        return SOME_FAILED
    return ALL_PASSED if result_file.run.complete and counts.claimed > 0 else NOT_COMPLETE


def _drawn(label: str, said: str, colour: str) -> str:
    left, right = _width(label), _width(said)
    width = left + right
    title = escape(f"{label}: {said}")
    return f"""<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="said" width="{width}" height="20">
<title id="said">{title}</title>
<clipPath id="corners"><rect width="{width}" height="20" rx="3"/></clipPath>
<g clip-path="url(#corners)">
<rect width="{left}" height="20" fill="{LABEL}"/>
<rect x="{left}" width="{right}" height="20" fill="{colour}"/>
</g>
<g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">
<text x="{left / 2:g}" y="14" textLength="{left - 12}" lengthAdjust="spacingAndGlyphs">{escape(label)}</text>
<text x="{left + right / 2:g}" y="14" textLength="{right - 12}" lengthAdjust="spacingAndGlyphs">{escape(said)}</text>
</g>
</svg>
"""


def _width(shown: str) -> int:
    """Return the width of a text at 11 px in Verdana, near enough for ``textLength`` to make it exact, and a margin."""
    narrow = sum(character in " .,:;!|'()[]{}/\\ijlft1-" for character in shown)
    return 12 + 7 * (len(shown) - narrow) + 5 * narrow
