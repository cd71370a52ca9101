"""The command-line options and the markers."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from conformance.profile import Profile


def add_options(parser: pytest.Parser) -> None:
    """Add the suite's options to pytest's."""
    group = parser.getgroup("nn-conformance", "neural-net conformance")
    group.addoption(
        "--backend",
        action="append",
        metavar="NAME",
        help="what is under test: ref (the default), torch, torch-cuda, package.module:attribute, or a name that an "
        "installed package offers. Give it several times for a matrix.",
    )
    group.addoption(
        "--report",
        type=Path,
        metavar="FILE.html",
        help="write an HTML report here and the result file, FILE.json, beside it",
    )
    group.addoption(
        "--effort",
        choices=("default", "deep"),
        default="default",
        help="how many cases are drawn: the same few in every run, or many by a seed (deep)",
    )
    group.addoption("--seed", type=_seed, metavar="N", help="the seed of the deep effort; drawn and shown if not given")
    group.addoption(
        "--case-timeout",
        type=_seconds,
        default=60.0,
        metavar="SECONDS",
        help="how long a check may take before it is an error (60; 0 for ever)",
    )
    group.addoption(
        "--deviations",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.toml",
        help="known deviations of the backends, beside those that the adapters bring",
    )


def markers() -> list[str]:
    """Return the description of every profile's marker."""
    return [f"{profile.value}: {profile.meaning}" for profile in Profile]


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"expected a whole number from 0 up, not {text!r}")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"expected seconds, 0 or more, not {text!r}")
    return seconds
