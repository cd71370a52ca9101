"""multilabel_margin_loss: what scores of right classes lack to leading those of wrong ones by 1."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, refusal, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.loss._classes import Indices, indices
from conformance.catalogue.loss._shared import output_size, reduced, reduced_shape, reduction_clauses, reductions
from conformance.clause import documented
from conformance.data import Draw, Recipe, Values
from conformance.oracle import Bounded, gather, hinge, positions, total, where


def multilabel_margin_loss(input: Bounded, target: Indices, reduction: str = "mean") -> Bounded:
    """Return the sum over right classes j and wrong ones i of max(0, 1 - (x[j] - x[i])), over C; reduced.

    The right classes are those of the target before its first negative number.
    """
    classes = input.shape[-1]
    block = np.cumprod(target >= 0, axis=-1).astype(bool)
    named = np.where(block, target, 0)
    right = ((named[..., None] == np.arange(classes)) & block[..., None]).any(axis=-2)
    places = positions(input.shape)
    own = gather(input, np.repeat(np.take_along_axis(places, named, -1)[..., None], classes, -1))
    other = gather(input, np.repeat(places[..., None, :], classes, -2))
    lacking = where(block[..., None] & ~right[..., None, :], hinge(1.0 - (own - other)), 0.0)
    count = Bounded.constant(float(classes), input.arithmetic)
    return reduced(total(lacking, (-2, -1)) / count, reduction)


def _output_shape(
    input: tuple[int, ...], target: tuple[int, ...], reduction: str = "mean", **_: Any
) -> tuple[int, ...]:
    del target
    return reduced_shape(input[:-1], reduction)


def _case(name: str, lengths: tuple[int, ...], target: Any, **options: Any) -> Case:
    return Case(name, {"input": Draw(lengths), "target": indices(target)}, options)


def _batch(name: str, **options: Any) -> Case:
    return _case(name, (3, 4), [[3, 0, -1, 1], [2, -1, -1, -1], [1, 2, 3, -1]], **options)


@st.composite
def _drawn(draw: st.DrawFn) -> Case:
    classes = draw(st.integers(1, 5))
    target = []
    for _ in range(draw(st.integers(1, 4))):
        named = draw(st.lists(st.integers(0, classes - 1), unique=True, max_size=classes))
        target.append(named + [-1] * (classes - len(named)))
    inputs: dict[str, Recipe | None] = {"input": Draw((len(target), classes)), "target": indices(target)}
    return Case("drawn", inputs, {"reduction": draw(reductions)}, draw(seeds))


CARD = OperatorCard(
    "multilabel_margin_loss",
    documented("generated/torch.nn.MultiLabelMarginLoss.html"),
    (
        value(
            "value",
            "By default multilabel_margin_loss is the mean over the batch of the sum, over all right classes j and all "
            "wrong classes i, of max(0, 1 - (x[j] - x[i])), divided by the number of classes.",
            Case("example", {"input": Values([[0.1, 0.2, 0.4, 0.8]]), "target": indices([[3, 0, -1, 1]])}),
            _batch("batch"),
            drawn=_drawn(),
        ),
        value(
            "contiguous-block",
            "Only the targets before the first negative one count.",
            _case("later-ones", (2, 4), [[2, -1, 0, 3], [1, 0, -1, 2]], reduction="none"),
            _case("none-at-all", (2, 3), [[-1, 0, 1], [0, -1, -1]], reduction="none"),
        ),
        value(
            "every-class",
            "Where every class is right there is no wrong one, and no loss.",
            _case("all", (2, 3), [[2, 0, 1], [0, 1, -1]], reduction="none"),
        ),
        value("unbatched", "An input (C) has a target (C).", _case("one", (4,), [1, 3, -1, -1])),
        *reduction_clauses(_batch),
        output_size(_batch, "one element a sample"),
        refusal(
            "shape-mismatch",
            "A target of another size than the input's is refused.",
            _case("one-less", (2, 4), [[1, -1, -1], [0, 2, -1]]),
        ),
    ),
    definition=multilabel_margin_loss,
    output_shape=_output_shape,
    layer=Layer("MultiLabelMarginLoss", lambda case: dict(case.options)),
)
