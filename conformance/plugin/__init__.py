"""The pytest plugin: ``--backend`` and its companions, verdicts, the summary and the report.

It is loaded wherever the package is installed. So it imports nothing but pytest, and does nothing, until a run names
one of the options or meets a check; and where a project has an option of the same name, that project's own wins.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import Any

import pytest

from conformance.plugin.activation import activate
from conformance.plugin.options import add_options, attached, given

_CHECK = re.compile(r"\[ref-[a-z][a-z0-9_]*\.[a-z0-9][a-z0-9-]*")
"""What a check's node id has in it where no backend is named: the reference backend and a clause."""


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Add the suite's options at once if a conftest.py loads this plugin; an installed one waits for the conftests."""
    if any(name.endswith("conftest.py") for name, _ in pluginmanager.list_name_plugin()):
        add_options(parser)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(parser: pytest.Parser) -> Generator[None, None, None]:
    """Add those of the suite's options that no other plugin and no conftest.py of the project has."""
    yield
    add_options(parser)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | pytest.ExitCode | None:
    """Begin again where pytest took the value of an option for a path of tests, and its folder for the project's.

    pytest looks for its configuration before it knows the options of plugins: in ``--report /tmp/out.html`` it sees a
    path, and if that exists, takes ``/tmp`` for the root of the project.
    """
    arguments = [str(argument) for argument in config.invocation_params.args]
    meant = attached(arguments, config.invocation_params.dir)
    return None if meant == arguments else pytest.main(meant, plugins=config.invocation_params.plugins)


def pytest_configure(config: pytest.Config) -> None:
    """Begin if one of the options is given."""
    if given(config):
        activate(config)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node: Any, ids: list[str]) -> None:
    """Begin if the workers of pytest-xdist have found checks: this process looks for none itself."""
    if any(_CHECK.search(name) for name in ids):
        activate(node.config)
