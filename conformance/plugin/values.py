"""The values of the command-line options: read, or refused in one sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reports.model import Shard

_MOST_PARTS = 10_000


def report(text: str) -> Path:
    """Return where the report goes.

    Raises:
        pytest.UsageError: It is no HTML file.
    """
    if not text.lower().endswith(".html"):
        raise pytest.UsageError(
            f"--report={text}: expected the name of an HTML file, such as report.html; the result file, report.json, "
            "is written beside it"
        )
    return Path(text)


def seed(text: str) -> int:
    """Return the seed of the deep effort.

    Raises:
        pytest.UsageError: It is no whole number from 0 up.
    """
    if not (text.isascii() and text.isdecimal()) or len(text) > 18:
        raise pytest.UsageError(f"--seed: expected a whole number from 0 up, of 18 digits at most, not {text!r}")
    return int(text)


def seconds(text: str) -> float:
    """Return how long a check may take.

    Raises:
        pytest.UsageError: It is no number of seconds.
    """
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1e6:
        raise pytest.UsageError(f"--case-timeout: expected seconds, from 0 (for ever) to 1000000, not {text!r}")
    return number


def shard(text: str) -> Shard:
    """Return which part of the plan is to be carried out.

    Raises:
        pytest.UsageError: It is not of the form 2/4, or there is no such part.
    """
    found = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text)
    number, of = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= number <= of <= _MOST_PARTS:
        raise pytest.UsageError(
            f"--shard: expected k/n, the k-th of n parts, such as 1/4 and 4/4, with n up to {_MOST_PARTS}, not {text!r}"
        )
    return Shard(number, of)


def mebibytes(text: str) -> int:
    """Return how much memory a process may take.

    Raises:
        pytest.UsageError: It is no whole number from 0 up.
    """
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise pytest.UsageError(
            f"--memory-limit: expected mebibytes, a whole number from 0 (no limit) up, not {text!r}"
        )
    return int(text)
