"""nnx.BatchNorm averages biased variances, and documents no others; torch documents that unbiased ones are averaged."""

import jax.numpy as jnp
from flax import nnx

layer = nnx.BatchNorm(1, momentum=0.0, rngs=nnx.Rngs(0))
layer(jnp.array([[0.0], [2.0]]))
print("expected 2.0")
print(f"actual   {layer.var[0]}")
