"""ctc_loss: connectionist temporal classification, of sequences whose alignment with their targets is unknown."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.card import Formula, Layer, OperatorCard, Statement, refusal, value
from conformance.case import Case
from conformance.catalogue.loss._alignments import log_likelihood
from conformance.catalogue.loss._classes import Indices, indices
from conformance.catalogue.loss._shared import output_size, reduced, reduced_shape, reduction_clauses
from conformance.clause import documented
from conformance.data import Draw, Recipe, Values
from conformance.oracle import Bounded, exp, reshape, stack, where

_FUNCTION = documented("generated/torch.nn.functional.ctc_loss.html")


def ctc_loss(
    log_probs: Bounded,
    targets: Indices,
    input_lengths: Any,
    target_lengths: Any,
    blank: int = 0,
    reduction: str = "mean",
    zero_infinity: bool = False,
    normalized: bool = False,
) -> Bounded:
    """Return minus the logarithm of the probability of each target: the sum over its alignments with the sequence.

    The mean is that of the losses over the lengths of their targets. With ``normalized``, what is pulled back has the
    probabilities themselves added: as these always sum to 1, the derivative along what they can do is the same.

    Shapes: log_probs (T, N, C) or (T, C); targets (N, S), or all of them one after the other; lengths (N) or ().
    """
    batched = len(log_probs.shape) == 3
    logarithms = log_probs if batched else reshape(log_probs, (log_probs.shape[0], 1, log_probs.shape[1]))
    steps, lengths = np.reshape(input_lengths, -1), np.reshape(target_lengths, -1)
    losses = []
    for sample, length in enumerate(lengths):
        target = _target(targets, lengths, sample)[:length]
        found = log_likelihood(logarithms, sample, int(steps[sample]), [int(label) for label in target], blank)
        if found is None:
            losses.append(Bounded.input(np.asarray(0.0 if zero_infinity else np.inf), log_probs.arithmetic))
        else:
            counted = np.zeros(logarithms.shape, dtype=np.bool_)
            counted[: steps[sample], sample] = True
            losses.append(_with_probabilities(-found, logarithms, counted) if normalized else -found)
    every = stack(losses)
    if reduction == "mean":
        every = every / Bounded.input(lengths.astype(np.float64), log_probs.arithmetic)
    result = reduced(every, reduction)
    return result if batched or reduction != "none" else reshape(result, ())


def _target(targets: Indices, lengths: NDArray[Any], sample: int) -> Indices:
    if targets.ndim == 2:
        return np.asarray(targets[sample])
    start = int(lengths[:sample].sum())
    return np.asarray(targets[start : start + int(lengths[sample])])


def _with_probabilities(loss: Bounded, logarithms: Bounded, counted: NDArray[np.bool_]) -> Bounded:
    probabilities = where(counted, exp(logarithms), 0.0).detached()
    return Bounded(
        loss.value, loss.error, loss.arithmetic, ((loss, lambda c: c), (logarithms, lambda c: probabilities * c))
    )


def _output_shape(log_probs: tuple[int, ...], reduction: str = "mean", **_: Any) -> tuple[int, ...]:
    return reduced_shape(log_probs[1:-1], reduction)


def _case(
    name: str,
    sizes: tuple[int, ...],
    targets: Any,
    input_lengths: Any,
    target_lengths: Any,
    *,
    differentiable: bool = False,
    **options: Any,
) -> Case:
    inputs: dict[str, Recipe | None] = {
        "log_probs": Draw(sizes, "log_probability"),
        "targets": Values(targets, dtype="int64"),
        "input_lengths": indices(input_lengths),
        "target_lengths": indices(target_lengths),
    }
    return Case(name, inputs, options, differentiable=differentiable)


_PADDED = [[1, 2, 3], [3, 1, 0], [2, 0, 0]]
_PADDED_OTHERWISE = [[1, 2, 3], [3, 1, 2], [2, 2, 3]]
_ONE_AFTER_THE_OTHER = [1, 2, 3, 3, 1, 2]
_LENGTHS = [3, 2, 1]


def _batch(name: str, **options: Any) -> Case:
    return _case(name, (6, 3, 4), _PADDED, [6, 6, 6], _LENGTHS, **options)


def _short(name: str, **options: Any) -> Case:
    """Return a case in which the first and the second sequence are too short for their targets."""
    return _case(name, (4, 3, 4), [[1, 2, 3], [2, 2, 0], [3, 1, 0]], [2, 2, 4], [3, 2, 2], **options)


def _gradient(behaviour: str, sentence: str, *cases: Case) -> Statement:
    return Statement(behaviour, sentence, "gradient", cases, formulas=("documented", "normalized"))


CARD = OperatorCard(
    "ctc_loss",
    documented("generated/torch.nn.CTCLoss.html"),
    (
        value(
            "value",
            "By default ctc_loss is minus the logarithm of the probability of all alignments of the input with the "
            "target, over the target's length, and of that the mean over the batch.",
            _batch("batch"),
            _case("one", (5, 1, 3), [[2, 1]], [5], [2]),
        ),
        value(
            "repeated-labels",
            "Alignments are many-to-one: a label that comes twice in a row needs a blank between.",
            _case("twice", (6, 2, 3), [[1, 1, 2], [2, 2, 2]], [6, 6], [3, 3], reduction="none"),
            _case("just-long-enough", (3, 1, 3), [[2, 2]], [3], [2], reduction="none"),
        ),
        value(
            "blank",
            "blank says which class is the blank.",
            _case("last", (6, 2, 4), [[0, 2, 1], [1, 0, 0]], [6, 6], [3, 2], blank=3),
            _case("middle", (5, 2, 3), [[0, 2], [2, 0]], [5, 5], [2, 2], blank=1, reduction="sum"),
        ),
        value(
            "padding",
            "Of a padded target only as many labels count as its length says.",
            _case("other-labels", (6, 3, 4), _PADDED_OTHERWISE, [6, 6, 6], _LENGTHS, reduction="none"),
            _case("longer-than-any", (6, 2, 4), [[1, 2, 3, 3, 1], [3, 1, 2, 2, 2]], [6, 6], [3, 2]),
        ),
        value(
            "concatenated",
            "Targets of one dimension are those of all samples, one after the other.",
            _case("uneven", (6, 3, 4), _ONE_AFTER_THE_OTHER, [6, 6, 6], _LENGTHS, reduction="none"),
            _case("mean", (6, 3, 4), _ONE_AFTER_THE_OTHER, [6, 5, 4], _LENGTHS),
        ),
        value(
            "input-lengths",
            "Of each input only as many steps count as its length says.",
            _case("different", (6, 3, 4), _PADDED, [4, 6, 3], _LENGTHS, reduction="none"),
            _case("all-shorter", (6, 2, 3), [[1, 2], [2, 1]], [4, 3], [2, 1], reduction="sum"),
        ),
        value(
            "unbatched",
            "An input (T, C) has one target and one loss.",
            _case("none", (5, 4), [2, 1, 3], 5, 3, reduction="none"),
            _case("mean", (5, 4), [2, 1], 4, 2),
        ),
        value(
            "lengths-as-tuples",
            "The lengths may be tuples as well.",
            Case(
                "tuples",
                {"log_probs": Draw((6, 3, 4), "log_probability"), "targets": Values(_PADDED, dtype="int64")},
                {"input_lengths": (6, 5, 4), "target_lengths": (3, 2, 1), "reduction": "none"},
                differentiable=False,
            ),
            formulas=("documented",),  # kept from the law of layers, whose options these are not
        ),
        value(
            "empty-targets",
            "Targets may be empty: the loss is then that of blanks alone.",
            _case("padded", (4, 2, 3), [[1, 2], [2, 1]], [4, 3], [2, 0], reduction="none"),
            _case("all", (4, 2, 3), [[], []], [4, 3], [0, 0], reduction="sum"),
            link=_FUNCTION,
        ),
        value(
            "too-short",
            "An input that is too short to be aligned with its target has an infinite loss.",
            _short("none", reduction="none"),
            _short("mean"),
        ),
        value(
            "zero-infinity",
            "With zero_infinity infinite losses count as zero.",
            _short("none", reduction="none", zero_infinity=True),
            _short("mean", zero_infinity=True),
        ),
        _gradient(
            "gradient",
            "The gradient of log_probs is that of minus the logarithm of the alignments' probability, up to a multiple "
            "of the probabilities at each step, whose sum is 1 whatever they are: without it, or with it just as large "
            "as makes the gradient sum to zero.",
            _batch("mean", differentiable=True),
            _batch("none", differentiable=True, reduction="none"),
            _case("lengths", (6, 3, 4), _PADDED_OTHERWISE, [4, 6, 3], _LENGTHS, differentiable=True, reduction="sum"),
            _case("repeated", (5, 2, 3), [1, 1, 2], [5, 4], [2, 1], differentiable=True, blank=0, reduction="none"),
            _case("other-blank", (5, 2, 3), [[0, 2], [2, 0]], [5, 5], [2, 2], differentiable=True, blank=1),
            _case("unbatched", (5, 4), [2, 1, 3], 5, 3, differentiable=True, reduction="none"),
        ),
        _gradient(
            "zero-infinity-gradient",
            "With zero_infinity the gradient of an infinite loss is zero.",
            _short("none", differentiable=True, reduction="none", zero_infinity=True),
            _short("mean", differentiable=True, zero_infinity=True),
        ),
        *reduction_clauses(_batch, "the losses of all samples"),
        output_size(_batch, "one element for each sample"),
        refusal(
            "input-length-range",
            "A length of an input above the number of steps is refused.",
            _case("above", (6, 3, 4), _PADDED, [6, 7, 6], _LENGTHS),
        ),
        refusal(
            "target-length-range",
            "A length of a target above that of the padded targets is refused.",
            _case("above", (6, 3, 4), _PADDED, [6, 6, 6], [4, 2, 1]),
        ),
        refusal(
            "concatenated-length",
            "Targets one after the other whose lengths do not sum to theirs are refused.",
            _case("too-many", (6, 3, 4), _ONE_AFTER_THE_OTHER, [6, 6, 6], [3, 3, 1]),
        ),
    ),
    definition=ctc_loss,
    formulas=(
        Formula("documented", "the gradient of the formula as it is", ctc_loss),
        Formula(
            "normalized", "with the probabilities added, so that it sums to zero", partial(ctc_loss, normalized=True)
        ),
    ),
    output_shape=_output_shape,
    keywords=("input_lengths", "target_lengths"),
    layer=Layer("CTCLoss", lambda case: dict(case.options)),
)
