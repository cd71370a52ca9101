"""Where no browser is, tests that need one are skipped and say what to install; in continuous integration they fail."""

from __future__ import annotations

import pytest
from report_browser import missing


@pytest.mark.parametrize("value", ["", "false", "0", None])
def test_a_missing_browser_skips(value, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    if value is not None:
        monkeypatch.setenv("CI", value)
    with pytest.raises(pytest.skip.Exception, match="no browser"):
        missing("no browser")


def test_a_missing_browser_fails_in_continuous_integration(monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no browser; in continuous integration"):
        missing("no browser")
