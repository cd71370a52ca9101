"""The gradient of jax.nn.log_sigmoid loses digits where the score is large and negative.

It is the sigmoid of -x. JAX takes it as exp(-x - logaddexp(-x, 0)), whose argument is rounded to the spacing of numbers
near x.
"""

import math

import jax
import jax.numpy as jnp

with jax.enable_x64(new_val=True):
    actual = jax.grad(jax.nn.log_sigmoid)(jnp.float64(-33.3))

print(f"expected {1 / (1 + math.exp(-33.3))!r}")
print(f"actual   {float(actual)!r}")
