"""The example for GitHub Actions carried out: its steps run, with stand-ins for pytest and for GitHub's own command."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import reports
from reports.model import Shard, load, save

WORKFLOW = (Path(reports.__file__).parent / "github-actions.yml").read_text(encoding="utf-8")
SHARDS = (Path(reports.__file__).parent / "github-actions-shards.yml").read_text(encoding="utf-8")
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


def steps(workflow=WORKFLOW):
    """Return the shell text of every step that has one, by the step's name."""
    found = {}
    for name, step in re.findall(r"^      - name: (.*)\n((?:        .*\n|\n)*)", workflow, re.MULTILINE):
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


def carry_out(name, folder, workflow=WORKFLOW):
    script = steps(workflow)[name].replace("${{ matrix.part }}", "3").replace("${{ github.event.number }}", "7")
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


def test_four_parts_are_judged_joined_and_decided_on(workplace, small):
    done = carry_out("Judge a quarter", workplace, SHARDS)
    assert done.returncode == 0, done.stderr
    assert "--shard=3/4" in (workplace / "pytest.txt").read_text()
    for number in range(1, 5):
        folder = workplace / f"part-{number}"
        folder.mkdir()
        run = replace(small.run, shard=Shard(number, 4), exit_status=1 if number == 2 else 0)
        machine = {**small.machine, "processor": f"model {number % 2}"}
        part = replace(small, run=run, machine=machine, results=small.results[number - 1 :: 4])
        save(part, folder / "conformance.json")
    (workplace / "conformance.json").unlink()
    for name in ("Join the parts", "Make the page"):
        done = carry_out(name, workplace, SHARDS)
        assert done.returncode == 0, (name, done.stderr)
    joined = load(workplace / "conformance.json")
    assert joined.results == small.sorted().results
    assert joined.machine["processor"] == "model 1, model 0"
    assert (workplace / "conformance.html").read_text().startswith("<!doctype html>")
    assert carry_out("Fail when a check does", workplace, SHARDS).returncode == 1
    shutil.rmtree(workplace / "part-4")
    assert "4/4 missing" in carry_out("Join the parts", workplace, SHARDS).stderr
