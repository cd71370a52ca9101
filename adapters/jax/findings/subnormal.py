"""XLA on a processor takes numbers below the smallest normal one for zero, also where nothing is computed of them."""

import jax
import jax.numpy as jnp

print("expected 1e-40")
print(f"actual   {float(jax.nn.relu(jnp.float32(1e-40))):.3g}")
