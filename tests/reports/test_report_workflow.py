"""The example for GitHub Actions carried out: its steps run, with stand-ins for pytest and for GitHub's own command."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import reports
from reports.model import save

WORKFLOW = (Path(reports.__file__).parent / "github-actions.yml").read_text(encoding="utf-8")
PYTEST = """#!/bin/bash
echo "$@" > pytest.txt
cp new.json conformance.json
exit 1
"""
GH = """#!/bin/bash
echo "$@" >> gh.txt
case "$*" in
  "run list "*) echo 42 ;;
  "run download "*) [ -f old.json ] && mkdir -p main && cp old.json main/conformance.json ;;
  "pr comment "*--edit-last*) exit 1 ;;
esac
"""


def steps():
    """Return the shell text of every step that has one, by the step's name."""
    found = {}
    for name, step in re.findall(r"^      - name: (.*)\n((?:        .*\n|\n)*)", WORKFLOW, re.MULTILINE):
        script = re.search(r"^        run: (?:(\||>-)\n((?:          .*\n?)+)|(.*)\n)", step, re.MULTILINE)
        if script is not None:
            lines = script[3] or re.sub("^          ", "", script[2], flags=re.MULTILINE)
            found[name] = " ".join(lines.split()) if script[1] == ">-" else lines
    return found


@pytest.fixture
def workplace(tmp_path, small, earlier, monkeypatch):
    """A folder with both runs in it, in which pytest and gh are stand-ins."""
    save(small, tmp_path / "new.json")
    save(earlier, tmp_path / "old.json")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, text in (("pytest", PYTEST), ("gh", GH)):
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    (tools / "python").symlink_to(sys.executable)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(Path(reports.__file__).parents[1]))
    monkeypatch.setenv("BACKEND", "mylib.adapter:backend")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "step-summary.md"))
    return tmp_path


def carry_out(name, folder):
    script = steps()[name].replace("${{ github.event.number }}", "7")
    command = [shutil.which("bash"), "-e", "-c", script]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


ORDER = (
    "Judge the backend",
    "Fetch the main branch's result",
    "Make the page and the comment",
    "Comment on the pull request",
    "Fail when something newly fails",
)


def test_it_runs_compares_with_the_main_branch_and_comments(workplace):
    assert tuple(steps()) == ORDER
    for name in ORDER[:-1]:
        done = carry_out(name, workplace)
        assert done.returncode == 0, (name, done.stderr)
    assert "--backend=mylib.adapter:backend" in (workplace / "pytest.txt").read_text()
    comment = (workplace / "comment.md").read_text()
    assert "newly failing" in comment
    assert (workplace / "step-summary.md").read_text() == comment
    assert (workplace / "conformance.html").read_text().startswith("<!doctype html>")
    asked = (workplace / "gh.txt").read_text().splitlines()
    assert "run download 42 --name conformance --dir main" in asked
    assert asked[-1] == "pr comment 7 --body-file comment.md"
    # Something newly fails, and only then the pull request does.
    assert carry_out(ORDER[-1], workplace).returncode == 1
    shutil.copy(workplace / "conformance.json", workplace / "main" / "conformance.json")
    assert carry_out(ORDER[-1], workplace).returncode == 0


def test_the_first_pull_request_has_nothing_to_be_compared_with(workplace):
    (workplace / "old.json").unlink()
    for name in ORDER:
        done = carry_out(name, workplace)
        assert done.returncode == 0, (name, done.stderr)
    assert "newly failing" not in (workplace / "comment.md").read_text()


def test_it_names_actions_by_version_and_asks_for_no_more_rights_than_it_needs():
    assert re.findall(r"uses: (\S+)", WORKFLOW) == [
        "actions/checkout@v4",
        "actions/setup-python@v5",
        "actions/upload-artifact@v4",
    ]
    assert set(re.findall(r"^  ([a-z-]+: (?:read|write))$", WORKFLOW, re.MULTILINE)) == {
        "contents: read",
        "actions: read",
        "pull-requests: write",
    }
