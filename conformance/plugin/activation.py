"""The way into the suite: from a run of pytest that does not know of it to one that judges backends.

Everything that takes time to import is imported here, after the cheap mistakes have been found.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import pytest

from conformance.plugin.options import settings_of
from conformance.profile import Profile

if TYPE_CHECKING:
    from conformance.plugin.session import RunSession
    from reports.model import ResultFile

_SESSION = pytest.StashKey["RunSession"]()

_MANY = 10**9


def activate(config: pytest.Config) -> None:
    """Make of the run one of the suite's, once: load the backends, and register what carries out and keeps checks.

    Raises:
        pytest.UsageError: A backend cannot be had, an option is wrong, or the report cannot be written.
    """
    if _SESSION in config.stash or config.option.help:
        return
    for profile in Profile:
        config.addinivalue_line("markers", f"{profile.value}: {profile.meaning}")
    settings = settings_of(config)
    is_worker = hasattr(config, "workerinput")
    if settings.report is not None and not is_worker and not config.option.collectonly:
        _require_writable(settings.report)
    from adapters.registry import BackendError, load, target  # noqa: PLC0415 - NumPy takes a moment
    from conformance.deviations import DeviationsError, read  # noqa: PLC0415

    resumed, measured = (None, None) if is_worker else (_given(settings.resume), _given(settings.shard_by))
    try:
        deviations = {path: read(path) for path in settings.deviations}
        texts: dict[str, str] = {}
        for text in settings.backends:
            texts.setdefault(target(text), text)
        backends = {text: load(text) for text in texts.values()}
    except (BackendError, DeviationsError) as error:
        raise pytest.UsageError(str(error)) from error
    from conformance.plugin.hooks import register  # noqa: PLC0415 - it takes a second to know the whole plan
    from conformance.plugin.session import RunSession  # noqa: PLC0415

    config.stash[_SESSION] = RunSession(config, settings, backends, deviations, resumed, measured)
    _replace_every_crashed_worker(config)
    register(config, config.stash[_SESSION])


def session_of(config: pytest.Config) -> RunSession:
    """Return the state of the run."""
    return config.stash[_SESSION]


def _given(path: Path | None) -> ResultFile | None:
    """Return the result file, or what the journal of a run that died holds."""
    from reports.model import ResultFileError, read  # noqa: PLC0415

    try:
        return None if path is None else read(path)
    except ResultFileError as error:
        raise pytest.UsageError(str(error)) from error


def _require_writable(report: Path) -> None:
    """Raise unless the report and the result file can be written, by writing beside them."""
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=report.parent):
            pass
    except OSError as error:
        reason = "it is no folder" if isinstance(error, (FileExistsError, NotADirectoryError)) else error.strerror
        raise pytest.UsageError(
            f"--report={report}: expected a place that can be written, but {report.parent} is not one: {reason}. "
            "Name a file in another folder."
        ) from error
    for path in (report, report.with_suffix(".json")):
        if path.is_dir():
            raise pytest.UsageError(f"--report={report}: expected the name of a file, but {path} is a folder.")


def _replace_every_crashed_worker(config: pytest.Config) -> None:
    """Let pytest-xdist go on however many checks end their process, unless the command line says otherwise."""
    if getattr(config.option, "maxworkerrestart", "absent") is None:
        config.option.maxworkerrestart = str(_MANY)
