"""Normalizing layers of nnx take the variance as mean of squares less squared mean, unless use_fast_variance is False.

For values far from zero the two are nearly equal, and what is left of their difference is mostly rounding.
"""

import jax.numpy as jnp
from flax import nnx

values = jnp.array([[300.1, 300.2, 300.3, 300.4]])
normalized = nnx.LayerNorm(4, epsilon=0.0, rngs=nnx.Rngs(0))(values)[0]
print(f"expected {(values - values.mean())[0, 0] / jnp.sqrt(jnp.square(values - values.mean()).mean()):.7f}")
print(f"actual   {normalized[0]:.7f}")
