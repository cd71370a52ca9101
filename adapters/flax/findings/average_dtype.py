"""nnx.avg_pool without count_include_pad divides float32 by numbers of JAX's default type, float64 where that is on."""

import jax
import jax.numpy as jnp
from flax import nnx

with jax.enable_x64(new_val=True):
    averages = nnx.avg_pool(jnp.ones((1, 4, 1), jnp.float32), (2,), count_include_pad=False)
print("expected float32")
print(f"actual   {averages.dtype}")
