"""optax.ctc_loss of float32 is float64 where jax_enable_x64 is set: it starts from jnp.ones of the default type."""

import jax
import jax.numpy as jnp
import optax

with jax.enable_x64(new_val=True):
    logits, paddings = jnp.zeros((1, 3, 3), jnp.float32), jnp.zeros((1, 3), jnp.float32)
    losses = optax.ctc_loss(logits, paddings, jnp.array([[1]]), paddings[:, :1])

print("expected float32")
print(f"actual   {losses.dtype}")
