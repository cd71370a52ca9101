"""Flax's nnx layers on top of the adapter of JAX with optax."""

BACKENDS = {"flax": "adapter:backend"}
