"""What ``python -m reports`` can be asked, and the help that says so."""

from __future__ import annotations

import argparse

OVERVIEW = """\
Make something of result files: the JSON that `pytest --backend=... --report out.html` writes beside its page.

Every command reads result files and nothing else; none runs a check again.
"""
EXAMPLES = """\
examples:
  python -m reports html out.json                         a page, out.html
  python -m reports html ref.json torch.json -o all.html  two backends side by side
  python -m reports html new.json --since old.json        with what changed
  python -m reports summary out.json                      totals, in the terminal
  python -m reports compare old.json new.json --strict    exit status 1 when something newly fails

exit status: 0, or 2 for a mistake, which is told in one sentence.
"""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="python -m reports",
        description=OVERVIEW,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    _html(commands)
    _summary(commands)
    _table(commands)
    _compare(commands)
    _merge(commands)
    _badge(commands)
    _validate(commands)
    _recover(commands)
    return parser


Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives its type no other name


def _command(
    commands: Commands[argparse.ArgumentParser], name: str, short: str, long: str, *examples: str
) -> argparse.ArgumentParser:
    shown = "\n".join(f"  python -m reports {example}" for example in examples)
    return commands.add_parser(
        name,
        help=short,
        description=long,
        epilog=f"example{'' if len(examples) == 1 else 's'}:\n{shown}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="RESULTS.json", help="a result file")


def _output(parser: argparse.ArgumentParser, *, required: bool = False, default: str = "the terminal") -> None:
    said = "where to write it" if required else f"where to write it (default: {default})"
    parser.add_argument("-o", "--output", metavar="FILE", required=required, help=said)


def _format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=("text", "markdown"), default="text", help="markdown fits a pull request's comment"
    )


def _html(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "html",
        "make the page: one file that opens anywhere",
        "Make one HTML page of one or more result files. It needs no network and nothing installed.\n\n"
        "Runs of different backends stand side by side. Several runs of one backend become its history;\n"
        "the latest is the one that is shown.",
        "html out.json",
        "html ref.json torch.json -o all.html",
        "html march.json february.json january.json -o history.html",
        "html new.json --since old.json",
    )
    _files(parser)
    _output(parser, default="the first file's name with .html")
    parser.add_argument("--since", metavar="EARLIER.json", help="say what changed since this earlier run")


def _summary(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "summary",
        "print totals and the first failures",
        "Print score, coverage and verdicts by profile, and the failures to look at first.",
        "summary out.json",
        "summary new.json --since old.json --format markdown -o comment.md",
    )
    _files(parser)
    _format(parser)
    _output(parser)
    parser.add_argument("--since", metavar="EARLIER.json", help="say what changed since this earlier run")


def _table(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "table",
        "make a Markdown table of backends",
        "Make a Markdown table, one row for each backend: framework and version, coverage (claimed of documented\n"
        "checks), score (passed of claimed), failures, known deviations, and how many different reasons these have.",
        "table out/matrix.json",
        "table ref.json torch.json jax.json -o table.md",
    )
    _files(parser)
    _output(parser)


def _compare(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "compare",
        "say what changed between two runs",
        "Say what changed from an earlier run to a later one: newly failing, newly passing, less or more precise by\n"
        "a factor of two, added, removed, and what differs in framework, machine and settings. Where the two were\n"
        "judged by different suites, the behaviours that changed are named.",
        "compare old.json new.json",
        "compare main.json branch.json --strict",
        "compare ref.json torch.json --backends ref torch",
    )
    parser.add_argument("before", metavar="EARLIER.json", help="the earlier run")
    parser.add_argument("after", metavar="LATER.json", help="the later run")
    parser.add_argument(
        "--backends",
        nargs=2,
        metavar=("A", "B"),
        help="compare backend A of the first file with B of the second (default: every backend with itself)",
    )
    parser.add_argument("--strict", action="store_true", help="exit status 1 when something newly fails")
    _format(parser)
    _output(parser)


def _merge(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "merge",
        "join the parts of one run, or runs of different backends",
        "Join result files into one, and say which of two things was done:\n\n"
        "  parts of one run      files with the same backends; together they must have each check of the plan once\n"
        "  different backends    files that share no backend; they are put side by side\n\n"
        "Files of different suites or plans, parts that overlap or leave a gap, and parts from different\n"
        "environments are refused.",
        "merge part1.json part2.json part3.json -o whole.json",
        "merge ref.json torch.json -o both.json",
    )
    _files(parser)
    parser.add_argument(
        "--mixed-machines",
        action="store_true",
        help="let the parts of one run differ in platform, processor and cores, which the joined file then lists",
    )
    _output(parser, required=True)


def _badge(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "badge",
        "make an SVG badge with score and coverage",
        "Make a badge for a README: score (passed of claimed) and coverage (claimed of documented) of one backend.",
        "badge out.json -o badge.svg",
        "badge all.json --backend torch -o torch.svg",
    )
    parser.add_argument("file", metavar="RESULTS.json", help="a result file")
    parser.add_argument("--backend", metavar="NAME", help="which backend, where the file has several")
    _output(parser)


def _validate(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "validate",
        "check that files are result files",
        "Check that each file is a whole result file of this version, and say what and where it is not.\n"
        "The format is described by a JSON Schema, schema/result-file-1.json in the package `reports`.",
        "validate out.json",
    )
    _files(parser)


def _recover(commands: Commands[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands,
        "recover",
        "make a result file of the journal of a run that died",
        "A run keeps a journal, one line for each result. Where it died before it could write its result file,\n"
        "this makes one of the journal, marked as not complete.",
        "recover out.partial.jsonl -o out.json",
    )
    parser.add_argument("journal", metavar="JOURNAL", help="the journal, such as out.partial.jsonl")
    _output(parser, required=True)
