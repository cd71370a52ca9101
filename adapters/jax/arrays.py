"""From NumPy's arrays to JAX's, without compiling anything."""

from __future__ import annotations

from typing import Any

import jax
import numpy as np

from adapters.contract import Array, Native


def placed(array: Array) -> Native:
    """Return a JAX array over a copy of NumPy's own; ``jax.numpy.array`` would compile one copy for each shape."""
    return jax.device_put(np.array(array))


def restored(new: Any, saved: Any) -> Any:
    """Return what is like ``new``, a tree of arrays, with copies of the arrays of ``saved``, as checkpoints do it."""
    return jax.tree.unflatten(jax.tree.structure(new), [placed(leaf) for leaf in jax.tree.leaves(saved)])
