"""optax.rprop returns the update of the step before: the first step moves nothing, and every other comes one late."""

import jax.numpy as jnp
import optax

rprop = optax.rprop(0.1)
parameter = jnp.zeros(())
state = rprop.init(parameter)
updates = []
for gradient in (1.0, 1.0, 1.0):
    update, state = rprop.update(jnp.asarray(gradient), state, parameter)
    updates.append(round(float(update), 6))

print("expected [-0.1, -0.12, -0.144]")
print(f"actual   {updates}")
