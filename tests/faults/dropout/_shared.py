"""Slips that an implementer of any kind of dropout may make."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._card import Slips
from tests.faults._planting import constant, edited, method, operator, tape, widened

_SHARED = "operators.dropout._shared:"
_EVERY = "*dropout*.*"
_TOGETHER = ("channels", "unbatched")


def _never_in_place(right: Any, inplace: bool, **given: Any) -> Any:
    del inplace
    return right(inplace=False, **given)


def _doubled_in_place(right: Any, inplace: bool, training: bool, **given: Any) -> Any:
    result = right(inplace=inplace, training=training, **given)
    return result * 2 if inplace and not training else result


def _overwritten(right: Any, training: bool, p: float, inplace: bool, **given: Any) -> Any:
    return right(training=training, p=p, inplace=inplace or (training and p == 0.5), **given)


def _widened(right: Any, training: bool, **given: Any) -> Any:
    result = right(training=training, **given)
    return result.double() if training else result


def _flattened(right: Any, training: bool, **given: Any) -> Any:
    result = right(training=training, **given)
    return result.reshape(-1) if training else result


def _unmasked(right: Any, input: Any, p: float, training: bool, **given: Any) -> Any:
    """The gradient of what was dropped is that of what was kept, and one more."""
    result = right(input=input, p=p, training=training, **given)
    passing = tape("Passing", np.zeros_like, lambda _, gradient: gradient)
    return result + passing(input) if training and 0 < p < 1 else result


def _other_default(right: Any, p: float, **given: Any) -> Any:
    return right(p=0.75 if p == 0.5 else p, **given)


def _nan_for_nothing(right: Any, p: float, training: bool, **given: Any) -> Any:
    result = right(p=p, training=training, **given)
    return result * float("nan") if training and p == 1 else result


def _unscaled(right: Any, p: float, training: bool, **given: Any) -> Any:
    result = right(p=p, training=training, **given)
    return result * (1 - p) if training and 0 < p < 1 else result


def _always(right: Any, module: Any, input: Any) -> Any:
    before, module.training = module.training, True
    result = right(module, input)
    module.training = before
    return result


def _half_at_most(right: Any, module: Any, input: Any) -> Any:
    before, module.p = module.p, min(module.p, 0.5)
    result = right(module, input)
    module.p = before
    return result


def _used_up(right: Any, input: Any, **given: Any) -> Any:
    result = right(input=input.clone(), **given)
    input.array[...] = 0.5
    return result


def kind(name: str, class_name: str, *, alpha: bool = False) -> tuple[Fault, ...]:
    """Return faults of a kind of dropout.

    Args:
        name: The operator.
        class_name: Its layer.
        alpha: What is dropped becomes SELU's saturation, which is what becomes of nothing that is dropped.
    """
    slips = Slips(name, f"dropout.{name}", class_name)
    fault, wrong = slips.fault, slips.wrong
    unchained = tape("Unchained", np.copy, lambda _, gradient: np.ones_like(gradient))
    forward = f"operators.dropout.{name}:{class_name}.forward"
    together = _TOGETHER if name == "feature_alpha_dropout" else ()  # told from one another by what they become
    random = ("training*", "defaults", "independence", "random-layer", "share", *together)
    found = (
        fault("evaluation-forgotten", "value", slips.given(training=constant(True)), "*"),
        fault("zero-is-no-p", "p-zero", slips.given(p=lambda p: p if p else 0.5), "gradient", "layer"),
        fault("doubled-in-place", "in-place", wrong(_doubled_in_place), "layer"),
        fault("flattened", "output-size", wrong(_flattened), "*"),
        fault("p-cut", "p-range", slips.given(p=lambda p: min(max(p, 0.0), 1.0))),
        fault("overwritten", "training-purity", wrong(_overwritten)),
        fault("wide-noise", "training-dtype", wrong(_widened)),
        fault("unscaled", "training", wrong(_unscaled), *random),
        fault("gradient-of-the-dropped", "training-gradient", wrong(_unmasked)),
        fault(
            "default-is-three-quarters", "defaults", wrong(_other_default), "independence", "random-layer", *together
        ),
        fault("never-in-place", "training-in-place", wrong(_never_in_place)),
        fault("half-at-most", "random-layer", method(forward, _half_at_most), *(() if alpha else ("layer",))),
        fault("chain-rule-forgotten", "gradient", wrong(lambda right, **g: unchained(right(**g))), "training-gradient"),
        fault("result-always-float64", "dtype", widened(name), "training-dtype"),
        fault("always-in-training", "layer", method(forward, _always)),
        fault("used-up", "purity", wrong(_used_up), "training-purity", "training-in-place"),
    )
    return found if alpha else (*found, fault("nan-for-nothing", "p-one", wrong(_nan_for_nothing), "*"))


def rare(name: str) -> tuple[Fault, ...]:
    """Return faults of the decisions, which all kinds of dropout share; those of ``name`` must catch them."""
    decisions = f"{_SHARED}decisions"
    return (
        Fault("a-little-more", f"{name}.share", edited(decisions, (">= p", ">= p + 0.1")), also=(_EVERY,)),
        Fault("kept-with-p", f"{name}.share", edited(decisions, (">= p", "< p")), also=(_EVERY,)),
        Fault(
            "same-in-each-call",
            f"{name}.independence",
            edited(decisions, ("default_generator.stream", "np.random.default_rng(0)")),
            also=(_EVERY,),
        ),
        Fault(
            "same-for-neighbours",
            f"{name}.independence",
            edited(
                decisions,
                (
                    "default_generator.stream.random(shape)",
                    "np.repeat(default_generator.stream.random(shape), 2)[: int(np.prod(shape))].reshape(shape)",
                ),
            ),
            also=(_EVERY,),
        ),
    )


def split(name: str, behaviour: str, first: int, last: int) -> Fault:
    """Return the fault of a decision for each element of what belongs together, in some numbers of dimensions."""

    def wrong(right: Any, input: Any, leading: int) -> Any:
        return input.array.shape if first <= input.ndim <= last else right(input, leading)

    return Fault(
        f"element-by-element-in-{first}",
        f"{name}.{behaviour}",
        method(f"operators.dropout.{name}:channels", wrong),
        also=() if behaviour in {"unbatched", "three-dimensions"} else (f"{name}.*",),
    )


def shapes(name: str) -> Fault:
    """Return the fault of numbers without dimension that get one."""

    def wrong(right: Any, input: Any, **given: Any) -> Any:
        result = right(input=input, **given)
        return result if result.ndim else result.reshape(1)

    return Fault(
        "scalar-becomes-vector", f"{name}.any-shape", operator(name, wrong), (f"{name}.gradient", f"{name}.layer")
    )
