"""embedding_bag: rows of a matrix, reduced bag by bag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from conformance.card import Layer, OperatorCard, Statement, refusal, shape, value
from conformance.case import Case
from conformance.catalogue.embedding._bag_cases import INDEX, MATRIX, OFFSETS, case, drawn, modes
from conformance.catalogue.embedding._bags import Bags, bags, largest, summed
from conformance.catalogue.embedding._shared import Indices, indices, looked_up, row_of, shortened
from conformance.clause import documented
from conformance.data import Draw
from conformance.oracle import Bounded, broadcast_to, reshape

FUNCTION = documented("generated/torch.nn.functional.embedding_bag.html")


def embedding_bag(
    input: Indices,
    weight: Bounded,
    offsets: Indices | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
    scale_grad_by_freq: bool = False,
    mode: str = "mean",
    sparse: bool = False,
    per_sample_weights: Bounded | None = None,
    include_last_offset: bool = False,
    padding_idx: int | None = None,
) -> Bounded:
    """Return the sum, mean or maximum of the rows of each bag, 0 for an empty one; shape (B, D).

    Bags are the rows of ``input`` (B, N), or parts of ``input`` (N) that start at ``offsets``. The row at
    ``padding_idx`` counts in no bag.
    """
    del sparse
    flat = input.reshape(-1)
    rows = looked_up(shortened(weight, flat, max_norm, norm_type), flat, padding_idx, scale_grad_by_freq)
    if per_sample_weights is not None:
        rows = rows * broadcast_to(reshape(per_sample_weights, (flat.size, 1)), rows.shape)
    of = bags(input, offsets, last=include_last_offset)
    held = Bags(np.where(flat == row_of(padding_idx, weight.shape), -1, of.bag), of.number)
    if mode == "max":
        return largest(rows, held)
    sums = summed(rows, held)
    return sums / Bounded.input(np.maximum(held.sizes, 1)[:, None], weight.arithmetic) if mode == "mean" else sums


def written(
    input: Indices, weight: Bounded, max_norm: float | None = None, norm_type: float = 2.0, **_: Any
) -> dict[str, Bounded]:
    """Return the matrix after a call."""
    return {"weight": shortened(weight, input, max_norm, norm_type)}


def _after(
    calls: Sequence[Any], state: Mapping[str, Bounded], max_norm: float | None = None, norm_type: float = 2.0, **_: Any
) -> dict[str, Bounded]:
    (index,) = calls
    return {"weight": shortened(state["weight"], index, max_norm, norm_type)}


def _output_shape(
    input: tuple[int, ...],
    weight: tuple[int, ...],
    offsets: tuple[int, ...] | None = None,
    include_last_offset: bool = False,
    **_: Any,
) -> tuple[int, ...]:
    number = input[0] if offsets is None else offsets[0] - include_last_offset
    return (number, weight[1])


CARD = OperatorCard(
    "embedding_bag",
    documented("generated/torch.nn.EmbeddingBag.html"),
    (
        value(
            "value",
            "With mode 'sum' each bag, from its offset to the next, gives the sum of its rows.",
            case("uneven", mode="sum"),
            case("one-bag", [3, 0, 3, 5], [0], mode="sum"),
            drawn=drawn(),
        ),
        value(
            "mean",
            "With mode 'mean', the default, each bag gives the mean of its rows.",
            case("default"),
            case("given", [3, 0, 3, 5, 1], [0, 4], mode="mean"),
        ),
        value(
            "max",
            "With mode 'max' each bag gives the largest of its rows, element by element.",
            case("uneven", mode="max"),
        ),
        value(
            "rows-are-bags",
            "An input of two dimensions has a bag in each row, and needs no offsets.",
            *modes(lambda name, **o: case(name, MATRIX, **o)),
        ),
        value(
            "empty-rows",
            "With mode 'sum' an input of rows without elements gives zeros, as Embedding followed by a sum does.",
            Case("rows", {"input": indices([[], []]), "weight": Draw((4, 3))}, {"mode": "sum"}),
        ),
        value(
            "empty-bags",
            "An empty bag gives zeros.",
            *modes(lambda name, **o: case(name, INDEX, [0, 0, 4, 4, 9], **o)),
            *modes(lambda name, **o: case(f"{name}-of-nothing", [], [0, 0], **o)),
        ),
        value(
            "per-sample-weights",
            "In a sum each row is multiplied by the weight of its sample.",
            case("offsets", mode="sum", weights=True),
            case("rows", MATRIX, mode="sum", weights=True),
        ),
        value(
            "include-last-offset",
            "With include_last_offset, the last offset is the end of the last bag and begins none.",
            *modes(lambda name, **o: case(name, INDEX, [0, 2, 2, 9], include_last_offset=True, **o)),
            case("weighted", INDEX, [0, 5, 9], include_last_offset=True, mode="sum", weights=True),
        ),
        value(
            "include-last-offset-rows",
            "With an input of two dimensions, include_last_offset is ignored.",
            case("rows", MATRIX, include_last_offset=True),
        ),
        value(
            "padding",
            "Rows at padding_idx are left out of the reduction: a mean does not count them.",
            *modes(lambda name, **o: case(name, padding_idx=2, differentiable=False, **o)),
            *modes(
                lambda name, **o: case(
                    f"{name}-of-padding", [2, 2, 1], [0, 2], padding_idx=2, differentiable=False, **o
                )
            ),
            case("weighted", MATRIX, mode="sum", weights=True, padding_idx=0, differentiable=False),
        ),
        Statement(
            "padding-gradient",
            "Rows at padding_idx do not contribute to the gradient.",
            "gradient",
            (
                *modes(lambda name, **o: case(name, padding_idx=2, **o)),
                case("weighted", MATRIX, mode="sum", weights=True, padding_idx=2),
            ),
        ),
        Statement(
            "frequency-gradient",
            "With scale_grad_by_freq, the gradient of a row is divided by how often it is looked up in the batch.",
            "gradient",
            (
                case("alike", [4, 1, 1, 4], [0, 3], mode="sum", scale_grad_by_freq=True),
                *modes(lambda name, **o: case(name, scale_grad_by_freq=True, **o), "sum", "mean"),
            ),
        ),
        value(
            "index-types",
            "Indices and offsets may both be of 32 as of 64 bits.",
            case("int32", kind="int32"),
        ),
        value(
            "max-norm",
            "With max_norm, a row of a larger norm is scaled to have that norm before it is reduced.",
            case("two-norm", size=(6, 6), max_norm=2.0, mode="sum", differentiable=False),
            case("one-norm", size=(6, 6), max_norm=3.0, norm_type=1.0, differentiable=False),
        ),
        Statement(
            "max-norm-in-place",
            "With max_norm the rows are scaled in weight itself.",
            "written",
            (case("one-norm", [*INDEX, 6], OFFSETS, max_norm=2.5, norm_type=1.0),),
            link=FUNCTION,
        ),
        Statement(
            "max-norm-kept",
            "With max_norm the layer's forward pass changes its weight in place.",
            "layer_state",
            (Case("rows", {"input": indices(MATRIX), "weight": Draw((7, 6))}, {"max_norm": 2.0}),),
        ),
        value(
            "sparse",
            "sparse changes how the gradient is stored, and nothing of what is computed.",
            case("sparse", sparse=True, differentiable=False),
        ),
        shape(
            "output-size",
            "The output has a row for each bag.",
            case("offsets"),
            case("last-offset", INDEX, [0, 4, 9], include_last_offset=True),
            case("rows", MATRIX),
        ),
        refusal(
            "weighted-mode",
            "Weights of samples are refused in any mode but 'sum'.",
            *modes(lambda name, **o: case(name, weights=True, **o), "mean", "max"),
        ),
        refusal(
            "weights-shape",
            "Weights of samples in another shape than the input's are refused.",
            case("one-less", mode="sum").with_inputs(per_sample_weights=Draw((8,))),
            link=FUNCTION,
        ),
        refusal(
            "max-without-frequency",
            "scale_grad_by_freq is refused with mode 'max'.",
            case("max", mode="max", scale_grad_by_freq=True),
        ),
        refusal("max-without-sparse", "sparse is refused with mode 'max'.", case("max", mode="max", sparse=True)),
        refusal(
            "offsets-given",
            "An input of one dimension needs offsets of one dimension.",
            case("none", [1, 2]),
            case("matrix", [1, 2, 0], [[0, 1]]),
        ),
        refusal("offsets-with-rows", "An input of two dimensions takes no offsets.", case("both", MATRIX, [0, 1, 2])),
        refusal("mode-name", "A mode that is none of the documented ones is refused.", case("unknown", mode="min")),
    ),
    definition=embedding_bag,
    output_shape=_output_shape,
    keywords=("per_sample_weights",),
    written=written,
    layer=Layer(
        "EmbeddingBag",
        lambda case: {
            "num_embeddings": case.shape("weight")[0],
            "embedding_dim": case.shape("weight")[1],
            **case.options,
        },
        {"weight": "weight"},
        after=_after,
    ),
)
