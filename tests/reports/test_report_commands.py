"""``python -m reports`` as a stranger meets it: help that can be followed, and mistakes told in one sentence."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace

import make_results
import pytest
import report_hostile
import report_planted
from markdown_it import MarkdownIt

from reports.arguments import build_parser
from reports.commands import main
from reports.model import Journal, Shard, load, save

COMMANDS = ("html", "summary", "table", "compare", "merge", "badge", "validate", "recover")


@pytest.fixture(scope="module")
def saved(tmp_path_factory, small, earlier):
    folder = tmp_path_factory.mktemp("saved")
    save(small, folder / "new.json")
    save(earlier, folder / "old.json")
    save(report_hostile.make(), folder / "hostile.json")
    return folder


@pytest.fixture
def folder(tmp_path, monkeypatch, saved):
    shutil.copytree(saved, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_help_names_every_command_and_each_has_its_own(capsys):
    for arguments in (["--help"], *([command, "--help"] for command in COMMANDS)):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 0
        said = capsys.readouterr().out
        assert all(len(line) <= 110 for line in said.splitlines())
        if arguments == ["--help"]:
            assert all(command in said for command in COMMANDS)
        else:
            # Each shows lines that can be copied; what they ask for is understood.
            copied = [line.split()[3:] for line in said.splitlines() if line.startswith("  python -m reports ")]
            assert copied
            assert all(example[0] == arguments[0] for example in copied)
            assert all(build_parser().parse_args(example).command == arguments[0] for example in copied)


@pytest.mark.usefixtures("folder")
def test_it_runs_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "reports", "validate", "new.json"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("new.json: a result file of ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["html", "none.json"], "none.json: expected a result file, but it cannot be read"),
        (["html", "new.json", "-o", "none/out.html"], "none/out.html: cannot be written: No such file or directory"),
        (["summary", "bad.json"], "bad.json: expected a whole JSON document, but it is truncated"),
        (["compare", "new.json", "bad.json"], "truncated"),
        (["compare", "new.json", "old.json", "--backends", "a", "b"], "expected one of the backends ref, mlx, not 'a'"),
        (["merge", "new.json", "-o", "x.json"], "expected two or more result files to join, not 1"),
        (["badge", "new.json"], "expected --backend to be one of ref, mlx, not none"),
        (["badge", "new.json", "--backend", "x"], "expected --backend to be one of ref, mlx, not 'x'"),
        (["recover", "new.json", "-o", "x.json"], "new.json: line 1: expected a JSON object"),
        (["html", "part1.json", "part2.json"], "join them first with `python -m reports merge`"),
    ],
)
def test_a_mistake_is_one_sentence(arguments, said, folder, capsys, small):
    (folder / "bad.json").write_text((folder / "new.json").read_text()[:5000])
    for number in (1, 2):
        save(replace(small, run=replace(small.run, shard=Shard(number, 2))), f"part{number}.json")
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("reports: ")
    assert told.err.count("\n") == 1
    assert said in told.err
    assert not list(folder.glob(".*tmp"))


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["html"], ["compare", "new.json"], ["merge", "new.json", "old.json"]]
)
def test_wrong_usage_is_exit_status_2_and_shows_the_usage(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: " in capsys.readouterr().err


def test_html_writes_a_page_beside_the_results_or_where_it_is_told(folder, capsys):
    assert main(["html", "new.json"]) == 0
    assert capsys.readouterr().out == "new.html\n"
    assert main(["html", "new.json", "--since", "old.json", "-o", "other.html"]) == 0
    assert (folder / "new.html").read_text().startswith("<!doctype html>")
    assert (folder / "other.html").stat().st_size > (folder / "new.html").stat().st_size


def test_summary_gives_score_and_coverage_with_their_counts(folder, capsys):
    assert main(["summary", "new.json"]) == 0
    said = capsys.readouterr().out
    assert "claimed checks passed (" in said
    assert "documented checks claimed (" in said
    assert max(map(len, said.splitlines())) <= 140
    assert main(["summary", "new.json", "--since", "old.json", "--format", "markdown", "-o", "comment.md"]) == 0
    comment = (folder / "comment.md").read_text()
    assert "| backend | score | coverage | passed | failed |" in comment
    assert "newly failing" in comment


def test_table_has_a_row_for_each_backend(folder, capsys):
    assert main(["table", "new.json", "hostile.json"]) == 0
    said = capsys.readouterr().out
    found = load(folder / "new.json")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in said.splitlines()[2:]]
    mine = {row[0]: row[1:] for row in rows[: len(found.backends)]}
    for backend in found.backends:
        results = [result for result in found.results if result.backend == backend.name]
        deviating = [result for result in results if result.verdict == "deviation"]
        wrong = sum(result.verdict in ("failed", "error") for result in results)
        assert mine[backend.name][0] == f"{backend.framework} {backend.version}"
        assert mine[backend.name][3:] == [
            f"{wrong:,}",
            f"{len(deviating):,}",
            f"{len({result.reason for result in deviating}):,}",
        ]
    shown = MarkdownIt("commonmark").enable("table").render(said)
    assert shown.count("<tr>") == 1 + len(rows)
    assert "<script" not in shown


def test_summary_counts_what_only_follows_and_names_its_cause(tmp_path, capsys):
    planted = report_planted.make()
    save(planted, tmp_path / "planted.json")
    assert main(["summary", str(tmp_path / "planted.json")]) == 0
    said = capsys.readouterr().out
    following = sum(bool(result.follows_from) for result in planted.results)
    assert f"{following} more checks fail because of these" in said
    assert all(f"failed {clause} (" in said for clause in report_planted.FAULTS)
    assert not any(f"failed {clause} (" in said for clause in report_planted.FOLLOWING)


@pytest.mark.usefixtures("folder")
def test_compare_is_strict_where_it_is_asked_to_be(capsys):
    assert main(["compare", "old.json", "new.json"]) == 0
    assert main(["compare", "old.json", "new.json", "--strict"]) == 1
    assert main(["compare", "new.json", "new.json", "--strict"]) == 0
    assert "newly failing: " in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_merge_says_which_of_two_things_it_did(capsys, small):
    for number in (1, 2):
        run = replace(small.run, shard=Shard(number, 2))
        save(replace(small, run=run, results=small.results[number - 1 :: 2]), f"part{number}.json")
    assert main(["merge", "part1.json", "part2.json", "-o", "whole.json"]) == 0
    assert "Joined 2 parts of one run" in capsys.readouterr().out
    assert load("whole.json").results == small.results
    save(make_results.make(1, backends=("jax",)), "jax.json")
    save(make_results.make(1, backends=("torch",)), "torch.json")
    assert main(["merge", "jax.json", "torch.json", "-o", "both.json"]) == 0
    assert "Put 2 runs of different backends side by side: jax, torch." in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_a_badge_is_well_formed_and_says_score_and_coverage(capsys):
    assert main(["badge", "new.json", "--backend", "ref"]) == 0
    image = ET.fromstring(capsys.readouterr().out)
    told = "".join(image.itertext())
    assert "passed" in told
    assert "claimed" in told
    name = load("hostile.json").backends[0].name
    assert main(["badge", "hostile.json", "--backend", name]) == 0
    ET.fromstring(capsys.readouterr().out)


def test_validate_checks_every_file(folder, capsys, small):
    (folder / "bad.json").write_text("{}")
    save(replace(small, results=small.results[:10]), "short.json")
    assert main(["validate", "new.json", "bad.json", "short.json", "old.json"]) == 2
    told = capsys.readouterr()
    assert told.out.count("a result file of") == 2
    assert "bad.json: format: expected" in told.err
    assert "short.json: expected the" in told.err


@pytest.mark.usefixtures("folder")
def test_recover_makes_a_result_file_of_a_journal(capsys, small):
    with Journal("out.partial.jsonl") as journal:
        journal.begin(small)
        journal.append(small.results[0])
    assert main(["recover", "out.partial.jsonl", "-o", "out.json"]) == 0
    assert "out.json: 1 of" in capsys.readouterr().out
    assert not load("out.json").run.complete


@pytest.mark.usefixtures("folder")
def test_hostile_text_stays_text_in_the_terminal_and_in_markdown(capsys):
    assert main(["summary", "hostile.json"]) == 0
    said = capsys.readouterr().out
    assert not set(said) & set("\x00\x07\x1b\u202e\u2066\u200b")
    assert main(["summary", "hostile.json", "--format", "markdown"]) == 0
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(capsys.readouterr().out)
    allowed = "h3 p table thead tbody tr th td details summary blockquote ul li strong code"
    assert set(re.findall(r"<([a-z0-9]+)", page)) <= set(allowed.split())
    assert "href" not in page
    assert "@" not in re.sub(r"<code>.*?</code>", "", page).replace("&#64;", "")
    assert max(map(len, page.splitlines())) < 20_000
    assert main(["compare", "hostile.json", "hostile.json"]) == 0
