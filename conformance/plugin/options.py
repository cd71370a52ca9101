"""The command-line options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conformance.dtypes import ALL, USUAL

if TYPE_CHECKING:
    from reports.model import Shard

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
    "--dtype": {
        "action": "append",
        "choices": ALL,
        "default": [],
        "help": "a floating-point type that checks are made in, by default float32 and float64. Give it several times "
        "for several. What names no type goes with float32.",
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
    "--memory-limit": {
        "default": "0",
        "metavar": "MIB",
        "help": "how many mebibytes each process may take before what asks for more is an error (0, for no limit; "
        "Linux only; give -n too, so that a process that gives nothing back can be replaced)",
    },
    "--deviations": {
        "action": "append",
        "default": [],
        "metavar": "FILE.toml",
        "help": "known deviations of the backends, beside those that the adapters bring",
    },
    "--shard": {
        "metavar": "K/N",
        "help": "carry out the K-th of N parts of what is selected; `python -m reports merge` joins their result files",
    },
    "--shard-by": {
        "metavar": "FILE.json",
        "help": "even out the parts by the seconds that checks took in this result file, the same for every part",
    },
    "--resume": {
        "metavar": "FILE",
        "help": "leave out what the run of this result file, or .partial.jsonl, has done, and write the whole",
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
        shard: Which part of the plan is carried out; None for all of it.
        shard_by: The result file that says what checks cost.
        resume: What an earlier run left, which this one goes on with.
        memory_limit: The mebibytes that a process may take while it carries out checks; 0 for any number.
        dtypes: The floating-point types that checks are made in, always in one order.
    """

    backends: tuple[str, ...]
    report: Path | None
    deep: bool
    seed: int | None
    case_timeout: float
    deviations: tuple[Path, ...]
    shard: Shard | None = None
    shard_by: Path | None = None
    resume: Path | None = None
    memory_limit: int = 0
    dtypes: tuple[str, ...] = USUAL

    @property
    def arguments(self) -> list[str]:
        """The options, but for the backend and the effort, that a check's verdict may depend on."""
        arguments = [f"--deviations={path}" for path in self.deviations]
        if self.case_timeout != float(_OPTIONS["--case-timeout"]["default"]):
            arguments.append(f"--case-timeout={self.case_timeout:g}")
        if self.memory_limit:
            arguments.append(f"--memory-limit={self.memory_limit}")
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
    _require_companions(config)
    from conformance.plugin import values  # noqa: PLC0415 - a run that is none of the suite's needs none of it

    given_path = {flag: _value(config, flag) for flag in ("--shard-by", "--resume")}
    paths = {flag: None if text is None else Path(text) for flag, text in given_path.items()}
    report, shard = _value(config, "--report"), _value(config, "--shard")
    return Settings(
        tuple(dict.fromkeys(_value(config, "--backend"))) or ("ref",),
        None if report is None else values.report(report),
        deep,
        None if seed is None else values.seed(seed),
        values.seconds(_value(config, "--case-timeout")),
        tuple(dict.fromkeys(map(Path, _value(config, "--deviations")))),
        None if shard is None else values.shard(shard),
        paths["--shard-by"],
        paths["--resume"],
        values.mebibytes(_value(config, "--memory-limit")),
        tuple(dtype for dtype in ALL if dtype in _value(config, "--dtype")) or USUAL,
    )


def _require_companions(config: pytest.Config) -> None:
    """Raise where an option is given that means nothing without another."""
    for flag, other, why in (
        ("--shard-by", "--shard", "it says how the parts are divided"),
        ("--resume", "--report", "the old results and the new ones are written there"),
    ):
        if _value(config, flag) is not None and _value(config, other) is None:
            raise pytest.UsageError(
                f"{flag}={_value(config, flag)}: expected {other} too: {why}. Give both, or neither."
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
