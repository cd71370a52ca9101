"""Text of backends made safe to look at: what cannot be seen is spelled out, what is too long is cut, with its length.

A name, message or id comes from whatever was under test. Controls that turn the direction of text, hide characters
or end a file early are shown as ``⟨U+202E⟩``, so that what is read is what was there.
"""

from __future__ import annotations

import re

LINE_LIMIT = 2_000
"""Characters of a one-line text that are kept."""
BLOCK_LIMIT = 6_000
"""Characters of a text of several lines that are kept."""

_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and line feed
    "\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0"  # soft hyphen, Arabic mark, invisible letters
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, bidirectional, line and paragraph separators
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb"  # variation selectors, byte order mark, annotations
    "\ud800-\udfff"  # halves of surrogate pairs
    "\U000e0000-\U000e0fff"  # tags
    "]"
)


def visible(text: str) -> str:
    """Return ``text`` with every character that cannot be seen, or that acts on others, spelled out."""
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text.replace("\r\n", "\n"))


def line(text: str, limit: int = LINE_LIMIT) -> str:
    """Return ``text`` visible, in one line, and cut to ``limit`` characters."""
    # Cut before the expensive part: a hostile line may have a million characters.
    head = text[: 2 * limit]
    shown = visible(" ".join(head.split()) if "\n" in head or "\t" in head else head)
    return cut(shown, limit, len(text) - len(head))


def block(text: str, limit: int = BLOCK_LIMIT) -> str:
    """Return ``text`` visible, lines kept, and cut in the middle: how it starts and how it ends both matter."""
    if len(text) <= limit:
        shown = visible(text)
        return shown if len(shown) <= 8 * limit else cut(shown, limit)
    half = limit // 2
    left_out = f"\n… {len(text) - 2 * half:,} characters left out …\n"
    return visible(text[:half])[: 4 * limit] + left_out + visible(text[-half:])[-4 * limit :]


def cut(text: str, limit: int, beyond: int = 0) -> str:
    """Return the first ``limit`` characters and how many there are more, ``beyond`` having been cut already."""
    if len(text) <= limit and beyond == 0:
        return text
    return f"{text[:limit]}… ({len(text[limit:]) + beyond:,} characters more)"


def index(place: tuple[int, ...] | None) -> str:
    """Return an array index as code: ``[0, 5, 1]``; empty where there is none."""
    return "" if place is None else "[" + ", ".join(map(str, place)) + "]"
