"""The machinery of mutants: that they are what they say, are planted, and are taken out again."""

from __future__ import annotations

from adapters.reference.namespace import torch
from tests.mutation._mutants import functions, mutants


def _of(module: str, change: str):
    return next(one for one in mutants() if one.id.startswith(f"{module}:") and change in one.id)


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
    made = [mutant for mutant in mutants() if mutant.function.__module__.endswith("loss.mse_loss")]
    assert made
    for mutant in made:
        first = mutant.function.__code__.co_firstlineno
        assert first <= mutant.line < first + 60
    assert len({(mutant.function, mutant.number) for mutant in made}) == len(made)


def test_functions_are_found_once_each() -> None:
    found = list(functions())
    assert len(found) == len({id(function) for function in found})
    assert len(found) > 500
