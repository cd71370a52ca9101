"""scaled_dot_product_attention: values weighed by how well queries and keys agree."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.card import Choice, OperatorCard, Statement, refusal, shape, value
from conformance.case import Case
from conformance.catalogue.attention._queries import case, drawn, infinite, of_weights, some
from conformance.catalogue.attention._shared import Mask, attended, divided, kept, scores
from conformance.catalogue.dropout._clauses import RARE
from conformance.clause import documented
from conformance.data import Draw, Integers, Values
from conformance.oracle import Bounded, matmul, rearrange


def scaled_dot_product_attention(
    query: Bounded,
    key: Bounded,
    value: Bounded,
    attn_mask: Bounded | Mask | None = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    scale: float | None = None,
    enable_gqa: bool = False,
) -> Bounded:
    """Return softmax(q k^T scale + mask) v.

    Shapes: query (*, Hq, L, E), key (*, H, S, E), value (*, H, S, Ev), mask broadcast to (*, Hq, L, S), output
    (*, Hq, L, Ev). Determined for a dropout_p of 0 or 1 alone.
    """
    if enable_gqa:
        key, value = (_repeated(x, query.shape[-3] // x.shape[-3]) for x in (key, value))
    takes_part, added = divided(attn_mask)
    if is_causal:
        takes_part = np.tril(np.ones((query.shape[-2], key.shape[-2]), dtype=np.bool_))
    numbers = kept(scores(query, key, scale, added), takes_part)
    if dropout_p == 1.0:
        return matmul(numbers.detached() * 0.0, value)
    return attended(numbers, value)


def _all_kept(**given: Any) -> Bounded:
    """Return what the values become if no weight is dropped: every weight over the share that is kept."""
    return scaled_dot_product_attention(**{**given, "dropout_p": 0.0}) / (1.0 - float(given["dropout_p"]))


def _all_dropped(**given: Any) -> Bounded:
    return scaled_dot_product_attention(**{**given, "dropout_p": 1.0})


def _weights(shape: tuple[int, ...]) -> NDArray[np.intp]:
    """Return the number of each element: with unit vectors for values, each is one weight."""
    return np.arange(prod(shape)).reshape(shape)


def _repeated(x: Bounded, times: int) -> Bounded:
    """Return ``x`` with each head repeated, one after the other."""
    return rearrange(x, lambda p: np.repeat(p, times, axis=-3))


def _output_shape(query: tuple[int, ...], value: tuple[int, ...], **_: Any) -> tuple[int, ...]:
    return (*query[:-1], value[-1])


CARD = OperatorCard(
    "scaled_dot_product_attention",
    documented("generated/torch.nn.functional.scaled_dot_product_attention.html"),
    (
        value(
            "value",
            "Each query's output is the sum of the values, weighed by the softmax over the keys of its scaled products "
            "with them.",
            case("two-heads"),
            case("as-many-features", features=(4, 4)),
            case("one-query-and-key", (2, 1), (1, 1), (3, 2)),
            case("many-keys", (1, 2), (2, 19), (5, 4)),
            Case(
                "large-scores",
                {
                    "query": Integers((1, 2, 3, 5), 30),
                    "key": Integers((1, 2, 4, 5), 30),
                    "value": Draw((1, 2, 4, 3)),
                    "attn_mask": None,
                },
            ),
            drawn=drawn,
        ),
        value(
            "default-scale",
            "Unless a scale is given, the products are divided by the root of the number of the query's features.",
            case("two", features=(2, 8)),
            case("seven", features=(7, 2)),
            case("sixteen", features=(16, 5)),
        ),
        value(
            "scale",
            "A given scale takes the place of the default one, before the softmax.",
            case("large", scale=1.7),
            case("one", features=(4, 4), scale=1.0),
            case("negative", scale=-0.6),
            case("with-mask", mask=Draw((3, 5)), scale=0.3),
        ),
        value(
            "boolean-mask",
            "A key takes part in the attention of a query where a boolean mask is True, and not where it is False.",
            case("some", features=(4, 4), mask=some((3, 5))),
            case("one-each", lengths=(3, 3), mask=Values(np.eye(3, dtype=bool)[::-1].tolist(), "bool")),
            case("all", mask=Values([[True] * 5] * 3, "bool")),
        ),
        value(
            "float-mask",
            "A floating-point mask is added to the scaled products.",
            case("numbers", features=(4, 4), mask=Draw((3, 5))),
            case("infinite", mask=infinite((3, 5))),
        ),
        value(
            "mask-broadcasting",
            "A mask is broadcast to the shape of the weights, (N, ..., Hq, L, S).",
            case("one-row", mask=some((1, 5), 3)),
            case("one-column", mask=Draw((3, 1))),
            case("of-the-batch", mask=some((2, 1, 1, 5), 1)),
            case("of-the-heads", (2, 3), features=(4, 4), mask=Draw((3, 1, 5))),
            case("of-everything", mask=Draw((2, 2, 3, 5))),
        ),
        value(
            "causal",
            "With is_causal, a query attends to the keys up to its own place; of unequal lengths, the first ones are "
            "aligned.",
            case("square", lengths=(4, 4), features=(5, 5), is_causal=True),
            case("more-keys", lengths=(3, 5), features=(4, 4), is_causal=True),
            case("more-queries", lengths=(5, 3), is_causal=True),
        ),
        value(
            "grouped-queries",
            "With enable_gqa, each head of key and value serves consecutive heads of the query.",
            case("two-each", (2, 4), features=(4, 4), heads=2, enable_gqa=True),
            case("two-each-with-mask", (2, 4), heads=2, enable_gqa=True, mask=some((4, 3, 5))),
            case("three-each", (1, 6), (2, 3), (3, 2), heads=2, enable_gqa=True),
            case("one-for-all", (1, 3), heads=1, enable_gqa=True, mask=some((3, 3, 5))),
            case("one-each", (1, 3), heads=3, enable_gqa=True, is_causal=True),
        ),
        value(
            "batch-dimensions",
            "There may be any number of batch dimensions, and each element of them attends by itself.",
            case("three", (2, 3, 2), (2, 3), (3, 2)),
            case("four", (2, 1, 2, 2), (2, 3), (3, 2), is_causal=True),
            case("three-with-mask", (2, 3, 2), (2, 3), (3, 2), some((3, 1, 2, 3), 2)),
        ),
        value(
            "dropout",
            "Weights are dropped with the probability dropout_p, in any mode: none at 0, and all of them at 1.",
            case("none", dropout_p=0.0),
            case("all", dropout_p=1.0),
        ),
        Statement(
            "dropped-weights",
            "Each weight is set to zero or multiplied by 1 / (1 - dropout_p), after the softmax.",
            "random_value",
            (
                of_weights("quarter", (2, 2), (3, 5), 0.25),
                of_weights("most", (1, 2), (4, 3), 0.75),
                of_weights("with-mask", (2, 1), (3, 4), 0.5, Draw((3, 4))),
            ),
        ),
        Statement(
            "dropped-share",
            f"Each weight is dropped with the probability dropout_p {RARE}.",
            "random_share",
            (of_weights("quarter", (2, 2), (32, 32), 0.25), of_weights("most", (2, 2), (32, 32), 0.875)),
        ),
        Statement(
            "dropped-independently",
            f"Each weight is dropped independently of the others, in every head and batch entry {RARE}.",
            "random_independence",
            (of_weights("half", (2, 2), (32, 32), 0.5),),
        ),
        shape(
            "output-size",
            "The output is of shape (N, ..., Hq, L, Ev).",
            case("two-heads", (2, 3), (4, 5), (6, 7)),
            case("grouped", (2, 4), (1, 5), (6, 7), heads=2, enable_gqa=True),
        ),
        refusal(
            "mask-and-causal",
            "A mask and is_causal together are refused.",
            case("boolean", lengths=(4, 4), mask=some((4, 4)), is_causal=True),
            case("float", lengths=(4, 4), mask=Draw((4, 4)), is_causal=True),
        ),
        refusal(
            "group-mismatch",
            "With enable_gqa, a number of the query's heads that is no multiple of the key's is refused.",
            case("four-and-three", (2, 4), heads=3, enable_gqa=True),
        ),
    ),
    definition=scaled_dot_product_attention,
    output_shape=_output_shape,
    choice=Choice(_all_kept, _all_dropped, _weights, lambda dropout_p, **_: 1.0 - float(dropout_p)),
    smooth=True,
)
