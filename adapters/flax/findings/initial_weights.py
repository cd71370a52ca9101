"""New layers of nnx have weights of LeCun's normal distribution, truncated, and biases of zeros."""

import jax.numpy as jnp
from flax import nnx

layer = nnx.Linear(100, 1000, rngs=nnx.Rngs(0))
print("expected 0.100 for the largest weight, which torch draws uniformly up to 1 / sqrt(in_features)")
print(f"actual   {jnp.abs(layer.kernel[...]).max():.3f}")
