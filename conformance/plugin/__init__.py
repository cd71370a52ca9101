"""The pytest plugin: ``--backend`` and its companions, verdicts, the summary and the report.

It is loaded wherever the package is installed, so this module imports nothing but pytest until a conformance check is
asked for.
"""

from __future__ import annotations

import pytest

from conformance.plugin.options import add_options, markers


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the suite's options."""
    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Register the profiles as markers, and load the backends that were named, so that a wrong name stops here."""
    for marker in markers():
        config.addinivalue_line("markers", marker)
    from conformance.plugin.hooks import ConformancePlugin  # noqa: PLC0415 - only where pytest really starts

    config.pluginmanager.register(ConformancePlugin(config), "conformance-session")
