"""Operators by torch's names and arguments, each one or two of JAX's and optax's own functions.

An argument that a method does not list is one that the functions lack. Weights and biases of affine parts are applied
with ``jax.numpy``, as the documentation of both libraries does it.
"""

from adapters.jax.operators.activations import Activations
from adapters.jax.operators.arrays import Arrays
from adapters.jax.operators.losses import Losses
from adapters.jax.operators.networks import Networks
from adapters.jax.operators.windows import Windows


class Operators(Activations, Arrays, Losses, Networks, Windows):
    """``jax.nn``, ``jax.numpy``, ``jax.lax``, ``jax.image`` and the losses of optax."""
