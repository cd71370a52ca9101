"""The machinery of planted faults: that they are planted, taken out again, and that nothing passes for caught."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager, nullcontext

import pytest

from adapters.reference.namespace import torch
from adapters.registry import load
from conformance.__main__ import main
from conformance.reach import code_of, code_run
from conformance.strength import Fault, Outcome, faults, runs, try_fault, unplanted
from conformance.strength_report import Strength
from tests.faults._planting import attribute, backward, edited, forward, method, operator, option, renamed, together
from tests.faults._rewriting import PlantingError


def _relu(value: float) -> float:
    return torch.nn.functional.relu(torch.tensor([value])).tolist()[0]


def _checks_of(card: str):
    return list(runs(lambda entry: entry.clause.id.startswith(f"{card}.")))


def test_operator_is_replaced_everywhere_and_put_back() -> None:
    x = torch.tensor([-2.0])
    with operator("relu", lambda right, input, inplace: right(-input, inplace))():
        assert _relu(-2.0) == 2.0
        assert torch.relu(x).tolist() == [2.0]
        assert torch.nn.ReLU()(x).tolist() == [2.0]
    assert _relu(-2.0) == 0.0
    assert torch.nn.ReLU()(x).tolist() == [0.0]


def test_option_is_changed_on_its_way() -> None:
    image = torch.ones((1, 1, 4, 6))
    with option("max_pool2d", kernel_size=lambda pair: pair[::-1])():
        assert torch.nn.functional.max_pool2d(image, (2, 3)).shape == (1, 1, 1, 3)
    assert torch.nn.functional.max_pool2d(image, (2, 3)).shape == (1, 1, 2, 2)


def test_only_the_gradient_is_wrong() -> None:
    with backward("ReluBackward0", lambda right, node, gradient: 3 * right(node, gradient))():
        x = torch.tensor([2.0], requires_grad=True)
        y = torch.relu(x)
        y.backward()
        assert y.item() == 2.0
        assert x.grad.item() == 3.0


def test_edited_source_is_compiled_in_its_place() -> None:
    planter = edited("nn.module:Module.train", ("module.training = mode", "module.training = not mode"))
    with planter():
        assert torch.nn.ReLU().train().training is False
    assert torch.nn.ReLU().train().training is True


def test_edited_accessor_of_a_property() -> None:
    tensor = torch.tensor([1.0])
    with edited("tensor:Tensor.data", ("return wrap(self.array)", "return wrap(2 * self.array)"))():
        assert tensor.data.tolist() == [2.0]
        tensor.data = torch.tensor([5.0])
    assert tensor.data.tolist() == [5.0]


@pytest.mark.parametrize(
    "planter",
    [
        operator("no_such_operator", lambda right: right),
        attribute("nn.module:Module.no_such_method", lambda right: right),
        method("nn.module:NoSuchClass.train", lambda right: right),
        forward("NoSuchBackward0", lambda right: right),
        renamed("NoSuchBackward0", "Other"),
        edited("nn.module:Module.train", ("no such text", "")),
        edited("nn.module:Module.train", ("self", "other")),
    ],
    ids=["operator", "attribute", "method", "forward", "renamed", "text", "text-that-occurs-twice"],
)
def test_what_is_not_there_is_an_error(planter) -> None:
    with pytest.raises(PlantingError), planter():
        pytest.fail("a fault was planted in nothing")


def test_an_exception_within_a_fault_takes_it_out() -> None:
    with pytest.raises(ZeroDivisionError), operator("relu", lambda right, input, inplace: -right(input, inplace))():
        raise ZeroDivisionError
    assert _relu(2.0) == 2.0


def test_faults_planted_together_all_show_what_they_replace() -> None:
    planter = together(
        method("nn.module:Module.train", lambda right, *given: right(*given)),
        operator("relu", lambda right, **given: right(**given)),
    )
    with planter() as replaced:
        assert len(replaced) == 2
        assert code_of(replaced) is not None


def test_checks_that_do_not_run_the_faulty_code_are_left_out() -> None:
    backend, checks = load("ref"), _checks_of("relu")
    failed, reach = unplanted(backend, checks)
    assert not failed
    fault = Fault("negative", "relu.value", operator("relu", lambda right, input, inplace: -right(input, inplace)))
    assert try_fault(fault, backend, checks, reach).failed == try_fault(fault, backend, checks).failed

    elsewhere = Fault("elsewhere", "relu.value", method("optim.sgd:SGD.step", lambda right, *given: right(*given)))
    run = []
    counted = [(entry, run.append) for entry, _ in checks]
    try_fault(elsewhere, backend, counted, reach)
    assert run == []


def test_reach_sees_functions_called_by_functions() -> None:
    def inner() -> int:
        return 1

    result, code = code_run(lambda: inner() + 1)
    assert result == 2
    assert code_of([inner]) <= code


@pytest.mark.parametrize("replaced", [None, 3, [3], [int], []], ids=repr)
def test_reach_of_what_is_no_function_is_unknown(replaced) -> None:
    assert code_of(replaced) is None


def test_an_exception_alone_is_not_caught_unless_the_slip_stumbles() -> None:
    def broken(right, **given):
        raise NameError(f"a fault that is planted wrongly, in {right} of {given}")

    checks = _checks_of("relu")
    outcome = try_fault(Fault("broken", "relu.value", operator("relu", broken)), load("ref"), checks)
    assert outcome.failed["relu.value"] == "error"
    assert not outcome.caught
    assert Outcome(Fault("broken", "relu.value", nullcontext, stumbles=True), outcome.failed).caught


def test_surprises_and_patterns_that_nothing_meets() -> None:
    fault = Fault("any", "relu.value", nullcontext, also=("relu.l*", "linear.*"))
    outcome = Outcome(fault, {"relu.value": "failed", "relu.layer": "failed", "conv2d.value": "failed"})
    assert outcome.caught
    assert outcome.surprises == ("conv2d.value",)
    assert outcome.unmet == ("linear.*",)


def test_a_harmless_fault_is_missed() -> None:
    @contextmanager
    def harmless():
        yield []

    outcome = try_fault(Fault("harmless", "relu.value", harmless), load("ref"), _checks_of("relu"))
    assert not outcome.caught
    assert not outcome.failed


def test_no_package_of_faults() -> None:
    with pytest.raises(LookupError, match="no_such_package"):
        faults("no_such_package")


def test_command_lists_the_faults_of_a_clause(capsys) -> None:
    assert main(["strength", "--list", "-k", "relu.gradient-at-zero"]) == 0
    out = capsys.readouterr().out
    assert "one-at-zero" in out
    assert "conv2d" not in out


def test_command_names_a_keyword_that_no_fault_has(capsys) -> None:
    assert main(["strength", "--list", "-k", "no-such-fault"]) == 2
    assert "no-such-fault" in capsys.readouterr().err


def test_command_refuses_no_processes(capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["strength", "-n", "0"])
    assert stopped.value.code == 2
    assert "whole number from 1" in capsys.readouterr().err


def _strength(*outcomes: Outcome, whole: bool = False) -> Strength:
    return Strength("ref", outcomes, 3.0, whole=whole)


def test_a_fault_of_several_clauses_needs_one_of_them() -> None:
    fault = Fault("any", "relu.*", nullcontext, scope="relu.*")
    assert fault.profile == "functional"
    assert Outcome(fault, {"relu.layer": "failed"}).caught
    assert not Outcome(fault, {"linear.value": "failed"}).caught
    assert Outcome(fault, {"relu.layer": "failed", "relu.value": "failed"}).surprises == ()


def test_a_borrowed_fault_that_only_stumbles_does_not_carry_over() -> None:
    fault = Fault("any", "relu.value", nullcontext, scope="relu.*", borrowed=True)
    assert not Outcome(fault, {"relu.layer": "error"}).carried
    assert Outcome(fault, {}).carried
    assert _strength(Outcome(fault, {"relu.value": "error"})).planted == ()


def test_how_long_it_took_until_the_first_failure() -> None:
    checks = _checks_of("relu")
    fault = Fault("negative", "relu.value", operator("relu", lambda right, input, inplace: -right(input, inplace)))
    outcome = try_fault(fault, load("ref"), checks)
    assert outcome.first is not None
    assert 1 <= outcome.first[0] <= outcome.checks <= len(checks)
    assert outcome.first[1] <= outcome.seconds
    assert try_fault(Fault("none", "relu.value", nullcontext), load("ref"), checks).first is None


def test_what_the_tables_say() -> None:
    caught = Fault("one", "relu.value", nullcontext)
    missed = Fault("two", "relu.gradient", nullcontext)
    found = _strength(
        Outcome(caught, {"relu.value": "failed", "relu.layer": "failed"}, 2.0, 9, (4, 0.5)), Outcome(missed, {}, 1.0, 9)
    )
    assert not found.is_as_it_should_be
    text = found.text()
    assert re.search(r"^functional +1 +1 ", text, flags=re.MULTILINE)
    assert re.search(r"^gradient +1 +0 ", text, flags=re.MULTILINE)
    assert "1 of 2 faults planted in ref are caught" in text
    assert "1 faults missed:\n  relu.gradient:two" in text
    document = found.to_json()
    assert document["clauses"]["relu.layer"] == ["relu.value:one"]
    assert document["faults"][0]["checks_until_first_failure"] == 4
    assert document["faults"][1]["verdict"] == "missed"
    assert document["catch_nothing"] == []


def test_clauses_that_catch_nothing_are_listed() -> None:
    found = _strength(Outcome(Fault("one", "relu.value", nullcontext), {"relu.value": "failed"}), whole=True)
    assert "relu.layer" in found.idle
    assert "relu.value" not in found.idle
    assert "linear.value" in found.untried


FEW = ("strength", "--faults", "tests.strength.few")


@pytest.mark.parametrize("processes", ["1", "2"])
def test_command_writes_what_came_of_each_fault(tmp_path, capsys, processes) -> None:
    path = tmp_path / "strength.json"
    assert main([*FEW, "-n", processes, "--json", str(path)]) == 1
    assert "1 of 2 faults planted in ref are caught" in capsys.readouterr().out
    caught, missed = json.loads(path.read_text())["faults"]
    assert (caught["verdict"], missed["verdict"]) == ("caught", "missed")
    assert caught["failed"]["relu.value"] == "failed"
    assert caught["checks_until_first_failure"] >= 1


def test_command_tries_a_sample(capsys) -> None:
    assert main([*FEW, "--sample", "2"]) == 0
    assert "1 of 1 faults" in capsys.readouterr().out


def test_command_says_that_its_file_cannot_be_written(tmp_path, capsys) -> None:
    assert main([*FEW, "--json", str(tmp_path / "no" / "file.json")]) == 2
    assert "cannot be written" in capsys.readouterr().err
