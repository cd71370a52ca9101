"""embedding_bag: rows of a matrix, reduced bag by bag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, Statement, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.catalogue.embedding._bags import Bags, bags, largest, summed
from conformance.catalogue.embedding._shared import Indices, indices, looked_up, row_of, shortened
from conformance.clause import documented
from conformance.data import Draw, Recipe
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


_INDEX = [1, 4, 2, 1, 5, 0, 3, 2, 2]
_OFFSETS = [0, 3, 4]
_MATRIX = [[1, 4, 2, 0], [5, 0, 3, 2], [2, 6, 1, 4]]


def _case(name: str, index: Any = None, offsets: Any = None, **options: Any) -> Case:
    """Return a case; ``weights`` asks for weights of samples, ``size`` is that of the matrix."""
    differentiable, weights = options.pop("differentiable", True), options.pop("weights", False)
    size, kind = options.pop("size", (7, 3)), options.pop("kind", "int64")
    given = _INDEX if index is None else index
    starts = _OFFSETS if index is None and offsets is None else offsets
    inputs: dict[str, Recipe | None] = {
        "input": indices(given, kind),
        "weight": Draw(size),
        "offsets": None if starts is None else indices(starts, kind),
        "per_sample_weights": Draw(np.shape(given)) if weights else None,
    }
    return Case(name, inputs, options, differentiable=differentiable)


def _modes(make: Any, *modes: str) -> tuple[Case, ...]:
    """Return a case for each mode; ``make`` takes a name and the mode."""
    return tuple(make(mode, mode=mode) for mode in modes or ("sum", "mean", "max"))


@st.composite
def _drawn(draw: st.DrawFn) -> Case:
    rows = draw(st.integers(1, 6))
    index = draw(st.lists(st.integers(0, rows - 1), min_size=1, max_size=8))
    starts = [0, *sorted(draw(st.lists(st.integers(0, len(index)), max_size=3)))]
    mode = draw(st.sampled_from(["sum", "mean", "max"]))
    case = _case(
        "drawn",
        index,
        starts,
        size=(rows, draw(st.integers(1, 4))),
        weights=mode == "sum" and draw(st.booleans()),
        mode=mode,
        padding_idx=draw(st.one_of(st.none(), st.integers(0, rows - 1))),
    )
    return Case(case.name, case.inputs, case.options, draw(seeds))


CARD = OperatorCard(
    "embedding_bag",
    documented("generated/torch.nn.EmbeddingBag.html"),
    (
        value(
            "value",
            "With mode 'sum' each bag, from its offset to the next, gives the sum of its rows.",
            _case("uneven", mode="sum"),
            _case("one-bag", [3, 0, 3, 5], [0], mode="sum"),
            drawn=_drawn(),
        ),
        value(
            "mean",
            "With mode 'mean', the default, each bag gives the mean of its rows.",
            _case("default"),
            _case("given", [3, 0, 3, 5, 1], [0, 4], mode="mean"),
        ),
        value(
            "max",
            "With mode 'max' each bag gives the largest of its rows, element by element.",
            _case("uneven", mode="max"),
        ),
        value(
            "rows-are-bags",
            "An input of two dimensions has a bag in each row, and needs no offsets.",
            *_modes(lambda name, **o: _case(name, _MATRIX, **o)),
        ),
        value(
            "empty-rows",
            "With mode 'sum' an input of rows without elements gives zeros, as Embedding followed by a sum does.",
            Case("rows", {"input": indices([[], []]), "weight": Draw((4, 3))}, {"mode": "sum"}),
        ),
        value(
            "empty-bags",
            "An empty bag gives zeros.",
            *_modes(lambda name, **o: _case(name, _INDEX, [0, 0, 4, 4, 9], **o)),
            *_modes(lambda name, **o: _case(f"{name}-of-nothing", [], [0, 0], **o)),
        ),
        value(
            "per-sample-weights",
            "In a sum each row is multiplied by the weight of its sample.",
            _case("offsets", mode="sum", weights=True),
            _case("rows", _MATRIX, mode="sum", weights=True),
        ),
        value(
            "include-last-offset",
            "With include_last_offset, the last offset is the end of the last bag and begins none.",
            *_modes(lambda name, **o: _case(name, _INDEX, [0, 2, 2, 9], include_last_offset=True, **o)),
            _case("weighted", _INDEX, [0, 5, 9], include_last_offset=True, mode="sum", weights=True),
        ),
        value(
            "include-last-offset-rows",
            "With an input of two dimensions, include_last_offset is ignored.",
            _case("rows", _MATRIX, include_last_offset=True),
        ),
        value(
            "padding",
            "Rows at padding_idx are left out of the reduction: a mean does not count them.",
            *_modes(lambda name, **o: _case(name, padding_idx=2, differentiable=False, **o)),
            *_modes(
                lambda name, **o: _case(
                    f"{name}-of-padding", [2, 2, 1], [0, 2], padding_idx=2, differentiable=False, **o
                )
            ),
            _case("weighted", _MATRIX, mode="sum", weights=True, padding_idx=0, differentiable=False),
        ),
        Statement(
            "padding-gradient",
            "Rows at padding_idx do not contribute to the gradient.",
            "gradient",
            (
                *_modes(lambda name, **o: _case(name, padding_idx=2, **o)),
                _case("weighted", _MATRIX, mode="sum", weights=True, padding_idx=2),
            ),
        ),
        Statement(
            "frequency-gradient",
            "With scale_grad_by_freq, the gradient of a row is divided by how often it is looked up in the batch.",
            "gradient",
            (
                _case("alike", [4, 1, 1, 4], [0, 3], mode="sum", scale_grad_by_freq=True),
                *_modes(lambda name, **o: _case(name, scale_grad_by_freq=True, **o), "sum", "mean"),
            ),
        ),
        value(
            "index-types",
            "Indices and offsets may both be of 32 as of 64 bits.",
            _case("int32", kind="int32"),
        ),
        value(
            "max-norm",
            "With max_norm, a row of a larger norm is scaled to have that norm before it is reduced.",
            _case("two-norm", size=(6, 6), max_norm=2.0, mode="sum", differentiable=False),
            _case("one-norm", size=(6, 6), max_norm=3.0, norm_type=1.0, differentiable=False),
        ),
        Statement(
            "max-norm-in-place",
            "With max_norm the rows are scaled in weight itself.",
            "written",
            (_case("one-norm", [*_INDEX, 6], _OFFSETS, max_norm=2.5, norm_type=1.0),),
            link=FUNCTION,
        ),
        Statement(
            "max-norm-kept",
            "With max_norm the layer's forward pass changes its weight in place.",
            "layer_state",
            (Case("rows", {"input": indices(_MATRIX), "weight": Draw((7, 6))}, {"max_norm": 2.0}),),
        ),
        value(
            "sparse",
            "sparse changes how the gradient is stored, and nothing of what is computed.",
            _case("sparse", sparse=True, differentiable=False),
        ),
        shape(
            "output-size",
            "The output has a row for each bag.",
            _case("offsets"),
            _case("last-offset", _INDEX, [0, 4, 9], include_last_offset=True),
            _case("rows", _MATRIX),
        ),
        refusal(
            "weighted-mode",
            "Weights of samples are refused in any mode but 'sum'.",
            *_modes(lambda name, **o: _case(name, weights=True, **o), "mean", "max"),
        ),
        refusal(
            "weights-shape",
            "Weights of samples in another shape than the input's are refused.",
            _case("one-less", mode="sum").with_inputs(per_sample_weights=Draw((8,))),
            link=FUNCTION,
        ),
        refusal(
            "max-without-frequency",
            "scale_grad_by_freq is refused with mode 'max'.",
            _case("max", mode="max", scale_grad_by_freq=True),
        ),
        refusal("max-without-sparse", "sparse is refused with mode 'max'.", _case("max", mode="max", sparse=True)),
        refusal(
            "offsets-given",
            "An input of one dimension needs offsets of one dimension.",
            _case("none", [1, 2]),
            _case("matrix", [1, 2, 0], [[0, 1]]),
        ),
        refusal("offsets-with-rows", "An input of two dimensions takes no offsets.", _case("both", _MATRIX, [0, 1, 2])),
        refusal("mode-name", "A mode that is none of the documented ones is refused.", _case("unknown", mode="min")),
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
