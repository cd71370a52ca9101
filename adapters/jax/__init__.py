"""JAX with optax: functions of arrays, their gradients, optimizers, schedules and initializers."""

BACKENDS = {"jax": "adapter:backend"}
