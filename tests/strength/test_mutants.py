"""The machinery of mutants: that they are what they say, are planted, and are taken out again."""

from __future__ import annotations

import os
import random
import signal
from functools import lru_cache

import pytest

from adapters.reference.namespace import torch
from tests.mutation.__main__ import sample
from tests.mutation._ledger import APART, KINDS, LedgerError, Reason, reasons, sorted_out
from tests.mutation._mutants import Watch, functions, mutants
from tests.mutation._processes import each
from tests.mutation._reach import measured
from tests.mutation._trying import attempts


@lru_cache(maxsize=1)
def _made():
    return list(mutants())


def _of(module: str, change: str):
    return next(one for one in _made() if one.id.startswith(f"{module}:") and change in one.id)


def test_a_mutant_changes_the_function_under_every_name_and_is_taken_out_again() -> None:
    x = torch.tensor([2.0])
    right = torch.nn.functional.leaky_relu(torch.tensor([-2.0]), 0.5).tolist()
    mutant = _of("operators.activation.leaky_relu", "becomes")
    with mutant.planted():
        assert mutant.function.__code__.co_filename.startswith("<mutant of ")
    assert torch.nn.functional.leaky_relu(torch.tensor([-2.0]), 0.5).tolist() == right
    assert torch.relu(x).tolist() == [2.0]


def test_an_operator_is_swapped() -> None:
    mutant = _of("arithmetic.elementwise", "Add becomes Sub")
    with mutant.planted():
        changed = mutant.function.__code__
    assert changed.co_code != mutant.function.__code__.co_code


def test_each_mutant_has_a_name_and_a_line_of_its_function() -> None:
    made = [mutant for mutant in _made() if mutant.function.__module__.endswith("loss.mse_loss")]
    assert made
    for mutant in made:
        first = mutant.function.__code__.co_firstlineno
        assert first <= mutant.line < first + 60
    assert len({(mutant.function, mutant.number) for mutant in made}) == len(made)


def test_functions_are_found_once_each() -> None:
    found = list(functions())
    assert len(found) == len({id(function) for function in found})
    assert len(found) > 500


def test_mutants_have_keys_of_their_own() -> None:
    made = _made()
    assert len({mutant.key for mutant in made}) == len(made)


def test_what_is_evaluated_is_noted_and_nothing_else_changes() -> None:
    made = _made()
    noted: set[int] = set()
    x = torch.tensor([1.0, 5.0], requires_grad=True)
    before = _of("operators.activation.hardswish", "becomes").function.__code__
    with Watch(made, noted.add):
        torch.nn.functional.hardswish(x).sum().backward()
    places = {made[number].place.rpartition(":")[2] for number in noted}
    assert {"HardswishBackward0.forward", "HardswishBackward0.backward"} <= places
    assert not any("Hardtanh" in place for place in places)
    assert x.grad.tolist()[1] == 1.0
    assert _of("operators.activation.hardswish", "becomes").function.__code__ is before


def test_the_list_names_what_there_is() -> None:
    kinds = sorted_out(_made(), reasons())
    assert set(kinds.values()) <= {*KINDS, *APART}


def test_a_list_that_is_out_of_date_or_says_no_reason_is_refused(tmp_path) -> None:
    made = [mutant for mutant in _made() if mutant.module == "operators.activation.hardswish"]
    with pytest.raises(LedgerError, match="not any more"):
        sorted_out(made, (Reason("equivalent", "It is.", ("nowhere:f | x = 1 | 1 becomes 2",)),))
    with pytest.raises(LedgerError, match="twice"):
        sorted_out(made, (Reason("equivalent", "It is.", (made[0].key, made[0].key)),))
    assert sorted_out(made, (Reason("speed", "It is.", (), ("*:Hardswish.*",)),))
    listed = tmp_path / "ledger.toml"
    for text in (
        '[[equivalent]]\nreason = ""\nmutants = ["a"]\n',
        '[[equivalent]]\nreason = "It is."\n',
        '[[equivalent]]\nreason = "All are."\nfunctions = ["*"]\n',
        '[[lucky]]\nreason = "It is."\nmutants = ["a"]\n',
    ):
        listed.write_text(text)
        with pytest.raises(LedgerError):
            reasons(listed)


def test_a_sample_takes_of_each_file_its_share() -> None:
    made = _made()
    drawn = sample(made, 500, random.Random(3))
    assert len({mutant.key for mutant in drawn}) == 500
    for part in ("optim", "operators", "autograd"):
        expected = 500 * sum(mutant.module.startswith(part) for mutant in made) / len(made)
        assert abs(sum(mutant.module.startswith(part) for mutant in drawn) - expected) < 2


def test_who_dies_of_a_task_is_replaced() -> None:
    def work(task: int) -> tuple[int, bool]:
        if task == 2:
            os._exit(1)
        return task * task, task != 4

    assert dict(each(work, range(7), 2, 60.0)) == {0: 0, 1: 1, 2: None, 3: 9, 4: 16, 5: 25, 6: 36}


def test_who_waits_for_ever_is_ended() -> None:
    def work(task: int) -> tuple[int, bool]:
        if task == 1:
            signal.pause()
        return task, True

    assert dict(each(work, range(3), 1, 0.5)) == {0: 0, 1: None, 2: 2}


def test_mutants_are_tried_on_the_checks_that_evaluate_them() -> None:
    made = _made()
    chosen = [
        next(one for one in made if one.id.startswith("operators.activation.hardswish:") and one.change == change)
        for change in ("Mult becomes Div", "6 becomes 7", "3 becomes 4")
    ]
    reach = measured(made, None, 1, ["hardswish.value"], lambda _: None)
    assert {one.check[0].clause.id for one in reach} == {"hardswish.value"}
    tried = {one.mutant.change: one for one in attempts(made, chosen, reach, 1)}
    assert {change: one.outcome for change, one in tried.items()} == dict.fromkeys(tried, "noticed")
    assert all(one.checks == len(reach) and one.noticed == "hardswish.value" for one in tried.values())
