"""embedding: rows of a matrix, by their indices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf
from typing import Any

from hypothesis import strategies as st

from conformance.card import Layer, OperatorCard, Statement, refusal, shape, value
from conformance.case import Case
from conformance.catalogue._strategies import regimes, seeds
from conformance.catalogue.embedding._shared import SOURCE, Indices, indices, looked_up, shortened
from conformance.clause import documented
from conformance.data import Draw, Recipe, Values
from conformance.oracle import Bounded

FUNCTION = documented("generated/torch.nn.functional.embedding.html")


def embedding(
    input: Indices,
    weight: Bounded,
    padding_idx: int | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
    scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> Bounded:
    """Return the rows of ``weight`` (V, D) at ``input`` (*), of shape (*, D)."""
    del sparse
    return looked_up(shortened(weight, input, max_norm, norm_type), input, padding_idx, scale_grad_by_freq)


def written(
    input: Indices, weight: Bounded, max_norm: float | None = None, norm_type: float = 2.0, **_: Any
) -> dict[str, Bounded]:
    """Return the matrix after a call."""
    return {"weight": shortened(weight, input, max_norm, norm_type)}


def _after(
    calls: Sequence[Any],
    state: Mapping[str, Bounded],
    max_norm: float | None = None,
    norm_type: float = 2.0,
    **_: Any,
) -> dict[str, Bounded]:
    weight = state["weight"]
    for index in calls:
        weight = shortened(weight, index, max_norm, norm_type)
    return {"weight": weight}


def _output_shape(input: tuple[int, ...], weight: tuple[int, ...], **_: Any) -> tuple[int, ...]:
    return (*input, weight[1])


_REPEATED = [[1, 6, 0, 1], [4, 1, 2, 6]]
_ALL = [3, 0, 2, 1, 4, 2]
_LONG_AND_SHORT = [
    [0.75, -1.5, 0.5, 1.75],
    [0.375, 0.5, -1.0, 0.125],
    [-3.25, 0.0625, 2.5, -0.875],
    [0.5, -0.25, 0.125, 0.5],
    [0.0, 0.0, 0.0, 0.0],
]


def _case(
    name: str, index: Any, size: tuple[int, int] = (7, 3), regime: str = "normal", kind: str = "int64", **options: Any
) -> Case:
    differentiable = options.pop("differentiable", True)
    inputs: dict[str, Recipe | None] = {"input": indices(index, kind), "weight": Draw(size, regime)}
    return Case(name, inputs, options, differentiable=differentiable)


def _long(name: str, **options: Any) -> Case:
    """Return a case that looks up every row of a matrix, some of which are longer than the largest norm."""
    found = _case(name, _ALL, differentiable=False, **{"max_norm": 2.0, **options})
    return found.with_inputs(weight=Values(_LONG_AND_SHORT))


@st.composite
def _drawn(draw: st.DrawFn) -> Case:
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    index = st.integers(0, rows - 1)
    chosen = draw(st.one_of(index, st.lists(index, max_size=6), st.lists(st.lists(index, min_size=2, max_size=2))))
    options = {
        "padding_idx": draw(st.one_of(st.none(), st.integers(0, rows - 1))),
        "scale_grad_by_freq": draw(st.booleans()),
    }
    inputs: dict[str, Recipe | None] = {"input": indices(chosen), "weight": Draw((rows, columns), draw(regimes))}
    return Case("drawn", inputs, options, draw(seeds))


def _gradient(behaviour: str, sentence: str, *cases: Case, link: str | None = None) -> Statement:
    return Statement(behaviour, sentence, "gradient", cases, link=link)


CARD = OperatorCard(
    "embedding",
    documented("generated/torch.nn.Embedding.html"),
    (
        value(
            "value",
            "embedding gives for each index the row of weight that it counts from 0.",
            _case("matrix", _REPEATED),
            _case("vector", [2, 2, 5, 0], (6, 4), "wide"),
            replace(_case("many-lookups", [3, 1] * 300), only_halves=True),
            drawn=_drawn(),
        ),
        value(
            "any-shape",
            "The indices may have any shape, a single one or none included; the rows come in a last dimension.",
            _case("one", 3),
            _case("three-dimensions", [[[0, 5], [2, 2], [6, 1]]]),
            Case("empty", {"input": indices([[], []]), "weight": Draw((4, 3))}),
        ),
        value(
            "index-types",
            "Indices may be of 32 as of 64 bits.",
            _case("int32", _REPEATED, kind="int32"),
        ),
        value(
            "padding-value",
            "The row at padding_idx is looked up like any other, whatever is in it.",
            _case("first-row", [0, 3, 0, 1], padding_idx=0, differentiable=False),
            _case("later-row", _REPEATED, padding_idx=6, differentiable=False),
        ),
        _gradient(
            "padding-gradient",
            "Lookups at padding_idx do not contribute to the gradient.",
            _case("first-row", [0, 3, 0, 1, 3], padding_idx=0),
            _case("later-row", _REPEATED, padding_idx=6),
            _case("only", [2, 2], padding_idx=2),
        ),
        _gradient(
            "padding-from-the-end",
            "A negative padding_idx counts from the last row.",
            _case("last", _REPEATED, padding_idx=-1),
            _case("third-from-the-end", _REPEATED, padding_idx=-3),
            link=documented(f"{SOURCE}#embedding"),
        ),
        _gradient(
            "frequency-gradient",
            "With scale_grad_by_freq, the gradient of a row is divided by how often it is looked up in the batch.",
            _case("repeated", _REPEATED, scale_grad_by_freq=True),
            _case("one-often", [5, 1, 1, 1, 0, 5, 1], (6, 2), scale_grad_by_freq=True),
            _case("with-padding", _REPEATED, scale_grad_by_freq=True, padding_idx=1),
        ),
        value(
            "max-norm",
            "With max_norm, a row of a larger 2-norm is scaled to have that norm, and others stay as they are.",
            _long("some-longer"),
            _case("small", [1, 1, 0], (3, 4), "small", max_norm=2**-11, differentiable=False),
        ),
        value(
            "norm-type",
            "norm_type says which p-norm max_norm limits.",
            _long("sum-of-sizes", norm_type=1.0),
            _long("cubes", norm_type=3.0),
            _long("largest-size", max_norm=1.25, norm_type=inf),
        ),
        Statement(
            "max-norm-in-place",
            "With max_norm the rows are scaled in weight itself.",
            "written",
            (_long("two-norm"), _long("one-norm", norm_type=1.0)),
            link=FUNCTION,
        ),
        Statement(
            "max-norm-kept",
            "With max_norm the layer's forward pass changes its weight in place.",
            "layer_state",
            (_long("called-once"),),
        ),
        value(
            "sparse",
            "sparse changes how the gradient is stored, and nothing of what is looked up.",
            _case("sparse", _REPEATED, sparse=True, differentiable=False),
        ),
        shape(
            "output-size",
            "The output has the shape of the indices, and the length of a row as one dimension more.",
            _case("matrix", _REPEATED),
            _case("one", 2),
            Case("none", {"input": indices([]), "weight": Draw((4, 3))}),
        ),
        refusal(
            "weight-dimensions",
            "A weight that has not two dimensions is refused.",
            _case("one", [0, 1]).with_inputs(weight=Draw((4,))),
            _case("three", [0, 1]).with_inputs(weight=Draw((2, 3, 4))),
            link=FUNCTION,
        ),
        refusal(
            "index-type",
            "Indices that are floating-point numbers are refused.",
            _case("floats", [0, 1]).with_inputs(input=Draw((3,), "tied")),
        ),
    ),
    definition=embedding,
    selects=True,
    output_shape=_output_shape,
    written=written,
    layer=Layer(
        "Embedding",
        lambda case: {
            "num_embeddings": case.shape("weight")[0],
            "embedding_dim": case.shape("weight")[1],
            **case.options,
        },
        {"weight": "weight"},
        after=_after,
    ),
)
