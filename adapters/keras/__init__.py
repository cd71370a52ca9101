"""Keras 3 on two of its backends: operators, gradients, layers, losses, optimizers, schedules and initializers."""

BACKENDS = {"keras-jax": "on_jax:backend", "keras-tensorflow": "on_tensorflow:backend"}
"""One adapter for each backend of Keras; a process has one of them, since Keras chooses when it is imported."""
