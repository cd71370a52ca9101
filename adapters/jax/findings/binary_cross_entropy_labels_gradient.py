"""The gradient of optax.sigmoid_binary_cross_entropy in the labels loses digits where the logit is small.

It is the logit with its sign turned. Optax takes it as log_sigmoid(-x) - log_sigmoid(x), both near -log(2).
"""

import jax
import jax.numpy as jnp
import optax

logit = jnp.float32(1e-4)
actual = jax.grad(lambda label: optax.sigmoid_binary_cross_entropy(logit, label))(jnp.float32(0.5))

print(f"expected {float(-logit):.9g}")
print(f"actual   {float(actual):.9g}")
