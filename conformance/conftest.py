"""Fixtures of the specification's tests: what they run on, for each backend of the run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from adapters.contract import Unsupported
from conformance.plugin.items import entry_of
from conformance.plugin.namespace import Namespace
from conformance.plugin.session import DIALECT, session_of
from conformance.plugin.subjects import Subject
from conformance.trial import Trial


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a test of every check and every backend, those of one check side by side."""
    session_of(metafunc.config).parametrize(metafunc)


@pytest.fixture
def trial(request: pytest.FixtureRequest) -> Trial:
    """One check of a law on one backend."""
    name, check = request.param
    session = session_of(request.config)
    subject = session.subjects[name]
    _refuse_unsupported(request, subject)
    made = Trial(check, subject.backend, subject.description, session.effort)
    made.require_dtype()
    request.node.stash[session.trial_key] = made
    return made


@pytest.fixture
def subject(request: pytest.FixtureRequest) -> Subject:
    """The backend that a semantic test runs on."""
    found = session_of(request.config).subjects[request.param]
    _refuse_unsupported(request, found)
    return found


@pytest.fixture
def torch(subject: Subject) -> Any:
    """The backend's torch-shaped namespace; a name that it lacks makes the test unsupported."""
    namespace = Namespace(subject.backend.namespace(), "torch")
    namespace.manual_seed(0)
    return namespace


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
    found = entry_of(request.node)
    permitted = {} if found is None else found[1].clause.dialects

    def choose(name: str) -> None:
        if name not in permitted:
            raise ValueError(
                f"{request.node.name}: expected one of the clause's dialects {list(permitted)}, not {name!r}"
            )
        request.node.stash[DIALECT] = name

    return choose


def _refuse_unsupported(request: pytest.FixtureRequest, subject: Subject) -> None:
    found = entry_of(request.node)
    reason = None if found is None else subject.unsupported(found[1])
    if reason is not None:
        raise Unsupported(reason)
