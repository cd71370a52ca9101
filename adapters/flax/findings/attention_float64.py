"""nnx.MultiHeadAttention of float64 computes its weights in float32, as jax.nn.dot_product_attention does.

With sow_weights, or with dropout, it takes another way, which is that of float64.
"""

import jax
import jax.numpy as jnp
from flax import nnx

with jax.enable_x64(new_val=True):
    layer = nnx.MultiHeadAttention(
        1, 2, decode=False, dtype=jnp.float64, param_dtype=jnp.float64, rngs=nnx.Rngs(0), use_bias=False
    )
    inputs = jnp.array([[0.1, 0.2], [0.3, -0.4]], jnp.float64)
    exact = layer(inputs, sow_weights=True)
    print(f"expected {float(exact[0, 0]):.16f}")
    print(f"actual   {float(layer(inputs)[0, 0]):.16f}")
