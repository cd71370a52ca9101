"""jax.lax.conv_general_dilated of a kernel that does not fit gives an output without elements, where torch refuses."""

import jax.numpy as jnp
from jax import lax

print("expected a refusal")
try:
    output = lax.conv_general_dilated(jnp.ones((1, 1, 3)), jnp.ones((1, 1, 6)), (1,), [(1, 1)])
    print(f"actual   an output of shape {output.shape}")
except ValueError as error:
    print(f"actual   {error!r}")
