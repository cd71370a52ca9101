"""one_hot: whole numbers as unit vectors."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.card import OperatorCard, refusal, shape, value
from conformance.case import Case
from conformance.catalogue.embedding._shared import Indices, indices
from conformance.clause import documented
from conformance.data import Draw


def one_hot(input: Indices, num_classes: int = -1) -> Indices:
    """Return for classes ``input`` (*) vectors (*, C) that are 1 at the class and 0 elsewhere.

    C is ``num_classes``, or one more than the largest class if that is -1.
    """
    classes = int(input.max()) + 1 if num_classes == -1 else num_classes
    return np.asarray(input[..., None] == np.arange(classes), dtype=np.int64)


def _case(name: str, classes: Any, **options: Any) -> Case:
    return Case(name, {"input": indices(classes)}, options)


def _output_shape(input: tuple[int, ...], num_classes: int) -> tuple[int, ...]:
    return (*input, num_classes)


_MATRIX = [[0, 2, 1], [3, 3, 0]]

_drawn = st.builds(
    lambda classes, more: _case("drawn", classes, num_classes=max(classes) + more),
    st.lists(st.integers(0, 5), min_size=1, max_size=5),
    st.integers(1, 3),
)

CARD = OperatorCard(
    "one_hot",
    documented("generated/torch.nn.functional.one_hot.html"),
    (
        value(
            "value",
            "one_hot gives for each class a vector of num_classes zeros but for a 1 at the class.",
            _case("vector", [2, 0, 3, 2], num_classes=5),
            _case("all-classes", [1, 0, 2], num_classes=3),
            drawn=_drawn,
        ),
        value(
            "inferred-number",
            "With num_classes -1, the default, there is one class more than the largest of the input.",
            _case("by-default", [1, 4, 0]),
            _case("given", _MATRIX, num_classes=-1),
            _case("zeros", [0, 0]),
        ),
        value(
            "any-shape",
            "The classes may have any shape, a single one or none included; the vectors come in a last dimension.",
            _case("one", 2, num_classes=4),
            _case("matrix", _MATRIX, num_classes=6),
            _case("empty", [[], []], num_classes=3),
        ),
        shape(
            "output-size",
            "The output has the shape of the input, and num_classes as one dimension more.",
            _case("matrix", _MATRIX, num_classes=5),
            _case("none", [], num_classes=4),
        ),
        refusal(
            "empty-inferred",
            "The number of classes cannot be inferred from no class at all.",
            _case("empty", []),
        ),
        refusal(
            "index-type",
            "Classes that are floating-point numbers are refused.",
            Case("floats", {"input": Draw((3,), "probability")}, {"num_classes": 4}),
        ),
    ),
    definition=one_hot,
    output_shape=_output_shape,
    result_dtype="int64",
)
