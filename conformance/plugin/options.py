"""The command-line options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_PREFIX = "conformance_"
"""What the options are called within pytest, so that they meet no other plugin's."""

_OPTIONS: dict[str, dict[str, Any]] = {
    "--backend": {
        "action": "append",
        "default": [],
        "metavar": "NAME",
        "help": "what is under test: ref (the default), torch, torch-cuda, package.module:attribute, or a name that an "
        "installed package offers. Give it several times for a matrix.",
    },
    "--report": {
        "metavar": "FILE.html",
        "help": "write an HTML report here and the result file, FILE.json, beside it",
    },
    "--effort": {
        "choices": ("default", "deep"),
        "default": "default",
        "help": "how many cases are drawn: the same few in every run, or many by a seed (deep)",
    },
    "--seed": {"metavar": "N", "help": "the seed of the deep effort; drawn and shown if not given"},
    "--case-timeout": {
        "default": "60",
        "metavar": "SECONDS",
        "help": "how long a check may take before it is an error (60; 0 for ever)",
    },
    "--deviations": {
        "action": "append",
        "default": [],
        "metavar": "FILE.toml",
        "help": "known deviations of the backends, beside those that the adapters bring",
    },
}


@dataclass(frozen=True)
class Settings:
    """What the command line asks for.

    Args:
        backends: The texts of ``--backend``, each once; ``ref`` if there is none.
        report: Where the report goes, if there is to be one.
        deep: Whether many cases are drawn, by a seed.
        seed: The seed of the deep effort, if it is given.
        case_timeout: The seconds that a check may take; 0 for ever.
        deviations: The user's files of known deviations, each once.
    """

    backends: tuple[str, ...]
    report: Path | None
    deep: bool
    seed: int | None
    case_timeout: float
    deviations: tuple[Path, ...]

    @property
    def arguments(self) -> list[str]:
        """The options, but for the backend and the effort, that a check's verdict may depend on."""
        arguments = [f"--deviations={path}" for path in self.deviations]
        if self.case_timeout != float(_OPTIONS["--case-timeout"]["default"]):
            arguments.append(f"--case-timeout={self.case_timeout:g}")
        return arguments


def add_options(parser: pytest.Parser) -> None:
    """Add the suite's options to pytest's, but for those whose names are taken."""
    free = [flag for flag in _OPTIONS if _is_free(parser, flag)]
    if free:
        group = parser.getgroup("nn-conformance", "neural-net conformance")
        for flag in free:
            group.addoption(flag, dest=_destination(flag), **_OPTIONS[flag])


def _is_free(parser: pytest.Parser, flag: str) -> bool:
    try:
        _, unknown = parser.parse_known_and_unknown_args([f"{flag}=1"])
    except pytest.UsageError:
        return False
    return bool(unknown)


def _destination(flag: str) -> str:
    return _PREFIX + flag.lstrip("-").replace("-", "_")


def _value(config: pytest.Config, flag: str) -> Any:
    return getattr(config.option, _destination(flag), _OPTIONS[flag].get("default"))


def given(config: pytest.Config) -> bool:
    """Say whether the command line has one of the options."""
    return any(_value(config, flag) != settings.get("default") for flag, settings in _OPTIONS.items())


def settings_of(config: pytest.Config) -> Settings:
    """Return what the command line asks for.

    Raises:
        pytest.UsageError: An option belongs to somebody else, or its value is not what it must be.
    """
    missing = [flag for flag in _OPTIONS if not hasattr(config.option, _destination(flag))]
    if missing:
        raise pytest.UsageError(
            f"the conformance suite needs its options {', '.join(missing)}, and in this run they are another plugin's "
            "or a conftest.py's, or the suite's plugin is not loaded. Run where that conftest.py does not apply, leave "
            "the other plugin out by -p no:NAME, or load the suite's by -p conformance.plugin."
        )
    deep = _value(config, "--effort") == "deep"
    seed = _value(config, "--seed")
    if seed is not None and not deep:
        raise pytest.UsageError(
            f"--seed={seed} is for --effort=deep: the default effort draws the same cases in every run. "
            "Give both, or neither."
        )
    report = _value(config, "--report")
    return Settings(
        tuple(dict.fromkeys(_value(config, "--backend"))) or ("ref",),
        None if report is None else _report(report),
        deep,
        None if seed is None else _seed(seed),
        _seconds(_value(config, "--case-timeout")),
        tuple(dict.fromkeys(map(Path, _value(config, "--deviations")))),
    )


def attached(arguments: Sequence[str], folder: Path) -> list[str]:
    """Return ``arguments`` with every value of ours that is also a path joined to its option by an equals sign."""
    rest = list(arguments)
    joined: list[str] = []
    while rest:
        argument = rest.pop(0)
        if argument == "--":
            return [*joined, argument, *rest]
        if argument in _OPTIONS and rest and (folder / rest[0]).exists():
            argument = f"{argument}={rest.pop(0)}"
        joined.append(argument)
    return joined


def _report(text: str) -> Path:
    if not text.lower().endswith(".html"):
        raise pytest.UsageError(
            f"--report={text}: expected the name of an HTML file, such as report.html; the result file, report.json, "
            "is written beside it"
        )
    return Path(text)


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 18:
        raise pytest.UsageError(f"--seed: expected a whole number from 0 up, of 18 digits at most, not {text!r}")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 1e6:
        raise pytest.UsageError(f"--case-timeout: expected seconds, from 0 (for ever) to 1000000, not {text!r}")
    return seconds
