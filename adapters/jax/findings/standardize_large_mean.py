"""jax.nn.standardize loses the variance of numbers whose mean is large.

By default it takes the variance as mean(x**2) - mean(x)**2, a difference of two large numbers that are nearly equal.
"""

import jax
import jax.numpy as jnp

x = jnp.array([4999.0, 5000.0, 5001.0], jnp.float32)
actual = jax.nn.standardize(x)

print(f"expected {1.5**0.5:.6f}")
print(f"actual   {float(actual[2]):.6f}")
