"""Fixtures of the specification's tests: what they run on, for each backend of the run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from conformance.plugin.activation import activate, session_of

if TYPE_CHECKING:
    from conformance.plugin.subjects import Subject
    from conformance.trial import Trial


def pytest_configure(config: pytest.Config) -> None:
    """Make the run one of the suite's, also if it names no backend: its checks are being collected."""
    try:
        activate(config)
    except pytest.UsageError as error:
        if not config.pluginmanager.hasplugin("session"):
            raise
        pytest.exit(str(error), returncode=pytest.ExitCode.USAGE_ERROR)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a test of every check and every backend, those of one check side by side."""
    session_of(metafunc.config).parametrize(metafunc)


@pytest.fixture
def trial(request: pytest.FixtureRequest) -> Trial:
    """One check of a law on one backend."""
    return session_of(request.config).trial(request)


@pytest.fixture
def subject(request: pytest.FixtureRequest) -> Subject:
    """The backend that a semantic test runs on."""
    return session_of(request.config).subject(request)


@pytest.fixture
def torch(subject: Subject) -> Any:
    """The backend's torch-shaped namespace; a name that it lacks makes the test unsupported."""
    return subject.torch()


@pytest.fixture
def nn(torch: Any) -> Any:
    """The backend's ``torch.nn``."""
    return torch.nn


@pytest.fixture
def F(torch: Any) -> Any:  # noqa: N802 - the field's own name for it
    """The backend's ``torch.nn.functional``."""
    return torch.nn.functional


@pytest.fixture
def optim(torch: Any) -> Any:
    """The backend's ``torch.optim``."""
    return torch.optim


@pytest.fixture
def dialect(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Record which of the clause's permitted alternatives the backend chose."""
    return session_of(request.config).dialect(request)
