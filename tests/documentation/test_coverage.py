"""Coverage follows from cards and semantic tests: what is newly specified moves by itself."""

import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.card import Layer, OperatorCard
from conformance.catalogue import cards
from conformance.clause import Clause, documented
from conformance.coverage import as_markdown, as_text, counted, coverage, specified
from conformance.coverage import documented as documented_names
from conformance.plan import clauses
from conformance.profile import Profile

ROOT = Path(__file__).parents[2]
KNOWN = (
    "torch.nn.Conv2d",
    "torch.nn.ZeroPad3d",
    "torch.nn.LSTM",
    "torch.nn.Softmax2d",
    "torch.nn.parameter.Parameter",
    "torch.nn.modules.flatten.Flatten",
    "torch.nn.functional.conv2d",
    "torch.nn.init.sparse_",
    "torch.nn.utils.clip_grad_norm_",
    "torch.nn.utils.rnn.pad_sequence",
    "torch.optim.RMSprop",
    "torch.optim.ASGD",
    "torch.optim.Optimizer.add_param_group",
    "torch.optim.lr_scheduler.OneCycleLR",
)
"""One name of each way to be specified."""


def made_up(name: str, **wraps: object) -> OperatorCard:
    card = next(card for card in cards() if isinstance(card, OperatorCard))
    return dataclasses.replace(card, name=name, states=(), **{"layer": None, "further_layers": (), **wraps})


def remainder(names: tuple[str, ...], all_cards: list[OperatorCard], all_clauses: list[Clause]) -> list[str]:
    found = counted(names, specified(all_cards, all_clauses))
    return [name for one in found for name in one.remainder]


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_specified_is_found(name: str) -> None:
    assert any(name in one.specified for one in coverage())


def test_every_documented_name_is_counted_once() -> None:
    counts = [name for one in coverage() for name in (*one.specified, *one.remainder)]
    assert sorted(counts) == sorted(documented_names().names)


def test_a_name_that_a_card_specifies_moves_by_itself() -> None:
    names = ("torch.nn.NewOne", "torch.nn.NewTwo", "torch.nn.functional.new_one", "torch.nn.utils.new_one")
    assert remainder(names, [], []) == list(names)
    plain = made_up("new_one")
    assert remainder(names, [plain], []) == ["torch.nn.NewOne", "torch.nn.NewTwo", "torch.nn.utils.new_one"]
    layers = made_up("new_one", layer=Layer("NewOne", dict), further_layers=(Layer("NewTwo", dict),))
    assert remainder(names, [layers], []) == ["torch.nn.utils.new_one"]


@pytest.mark.parametrize(
    "page",
    [
        "generated/torch.nn.NewOne.html",
        "generated/torch.nn.NewOne.html#torch.nn.NewOne.step",
        "nn.html#torch.nn.NewOne",
        "generated/torch.nn.modules.new.NewOne.html",
    ],
)
def test_a_name_that_a_semantic_test_links_to_moves_by_itself(page: str) -> None:
    names = ("torch.nn.NewOne", "torch.nn.NewOneMore", "torch.optim.NewOne")
    clause = Clause("new_one.is-new", "It is new.", documented(page), Profile.MODULE)
    assert remainder(names, [], [clause]) == ["torch.nn.NewOneMore", "torch.optim.NewOne"]


def test_every_card_of_a_documented_operator_is_counted() -> None:
    known = {name for one in coverage() for name in one.specified}
    for subject in {clause.subject for clause in clauses().values()}:
        name = f"torch.nn.functional.{subject}"
        assert name in known or name not in documented_names().names


def test_totals_and_names_are_printed_in_both_formats() -> None:
    found = counted(("torch.nn.ReLU", "torch.nn.New", "torch.optim.Adam"), frozenset({"torch.nn.ReLU"}))
    text, markdown = as_text(found, "9.9"), as_markdown(found, "9.9")
    for printed in (text, markdown):
        assert printed.startswith("1 of 3 of the names that the documentation of torch 9.9 lists are specified.\n")
    assert re.search(r"^torch\.nn +1 of 2$", text, re.MULTILINE)
    assert "torch.nn, not specified yet:\n    torch.nn.New\n" in text
    assert "| `torch.nn` | 1 | 2 |\n" in markdown
    assert "## torch.optim, not specified yet\n\n- `torch.optim.Adam`\n" in markdown


@pytest.mark.parametrize(
    "arguments", [[], ["--format=text"], ["--format=markdown"]], ids=["default", "text", "markdown"]
)
def test_the_command_ends_well(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "conformance", "coverage", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    total = sum(one.documented for one in coverage())
    assert f" of {total} of the names" in done.stdout
    assert not done.stderr
