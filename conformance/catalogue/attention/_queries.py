"""Queries, keys, values and masks for scaled_dot_product_attention: its cases, and what is drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from conformance.case import Case
from conformance.catalogue._strategies import seeds
from conformance.data import Draw, Recipe, Values


def case(
    name: str,
    batch: tuple[int, ...] = (2, 2),
    lengths: tuple[int, int] = (3, 5),
    features: tuple[int, int] = (6, 3),
    mask: Recipe | None = None,
    *,
    heads: int | None = None,
    seed: int = 0,
    **options: Any,
) -> Case:
    """Return a case: ``batch`` with the query's heads, the two lengths, the two numbers of features."""
    ours = batch if heads is None else (*batch[:-1], heads)
    inputs: dict[str, Recipe | None] = {
        "query": Draw((*batch, lengths[0], features[0])),
        "key": Draw((*ours, lengths[1], features[0])),
        "value": Draw((*ours, lengths[1], features[1])),
        "attn_mask": mask,
    }
    return Case(name, inputs, options, seed)


def some(shape: tuple[int, ...], seed: int = 0) -> Values:
    """Return a boolean mask of ``shape`` that lets something take part in every row, and not everything."""
    taking = np.random.default_rng(seed).random(shape) < 0.5
    taking[..., seed % shape[-1]] = True
    return Values(taking.tolist(), "bool")


def infinite(shape: tuple[int, int]) -> Values:
    """Return a floating-point mask of ``shape`` that is negative infinity in places, and nowhere all along a row."""
    numbers = np.random.default_rng(7).integers(-8, 9, shape) / 4
    numbers[np.arange(shape[0]), np.arange(shape[0]) % shape[1]] = -np.inf
    return Values(numbers.tolist())


def _draw(
    batch: list[int], groups: int, lengths: tuple[int, int], features: tuple[int, int], mask: str, seed: int
) -> Case:
    heads = batch[-1]
    lead = (*batch[:-1], heads * groups)
    masks: dict[str, Recipe] = {
        "boolean": some(lengths, seed),
        "float": Draw(lengths),
        "broadcast": Draw((lead[-1], 1, lengths[1])),
    }
    recipe = masks.get(mask)
    options: dict[str, Any] = {"is_causal": True} if mask == "causal" else {}
    if groups > 1:
        options["enable_gqa"] = True
    if seed % 2:
        options["scale"] = 0.75
    return case("drawn", lead, lengths, features, recipe, heads=heads, seed=seed, **options)


_size = st.integers(1, 5)
drawn = st.builds(
    _draw,
    st.lists(st.integers(1, 2), min_size=2, max_size=3),
    st.integers(1, 2),
    st.tuples(_size, _size),
    st.tuples(_size, _size),
    st.sampled_from(["none", "boolean", "float", "broadcast", "causal"]),
    seeds,
)


def of_weights(
    name: str, batch: tuple[int, int], lengths: tuple[int, int], dropout_p: float, mask: Recipe | None = None
) -> Case:
    """Return a case whose values are unit vectors, so that the output has the weights themselves."""
    made = case(name, batch, lengths, (2, lengths[1]), mask, dropout_p=dropout_p)
    return made.with_inputs(value=Values(np.broadcast_to(np.eye(lengths[1]), (*batch, *[lengths[1]] * 2)).tolist()))
