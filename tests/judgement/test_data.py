"""Recipes of data: what they give is an array, of no dimensions too."""

from __future__ import annotations

import numpy as np
import pytest

from conformance.data import REGIMES, Draw, Integers, Subnormals, Values
from conformance.oracle.arithmetic import numpy_dtype


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
@pytest.mark.parametrize("shape", [(), (1,), (2, 3)], ids=["no-dimension", "one", "matrix"])
def test_every_recipe_gives_an_array_of_its_shape_and_dtype(shape, dtype):
    recipes = [*(Draw(shape, regime) for regime in REGIMES), Integers(shape, 7), Subnormals(shape)]
    for recipe in (*recipes, Values(np.zeros(shape).tolist())):
        array = recipe.fill(dtype, 1)
        assert isinstance(array, np.ndarray), recipe
        assert (array.shape, array.dtype) == (shape, numpy_dtype(dtype)), recipe
