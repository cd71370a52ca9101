"""optax's cross entropy of integer labels ignores no label: one outside the classes gives NaN; torch ignores -100."""

import jax.numpy as jnp
import optax

losses = optax.softmax_cross_entropy_with_integer_labels(jnp.zeros((1, 3)), jnp.array([-100]))

print("expected 0.0")
print(f"actual   {float(jnp.sum(losses))}")
