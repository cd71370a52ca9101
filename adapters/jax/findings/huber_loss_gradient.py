"""The gradient of optax.huber_loss loses the digits that delta has more than the error.

Within delta the gradient is the error itself. Optax takes the loss as 0.5 * q**2 + delta * (|e| - q) with
q = min(|e|, delta), whose gradient in |e| is delta + (q - delta): the error, rounded to the spacing of numbers near
delta.
"""

import jax
import jax.numpy as jnp
import optax

error, delta = jnp.float32(1e-3), 100.0
actual = jax.grad(lambda prediction: optax.huber_loss(prediction, jnp.float32(0), delta=delta))(error)

print(f"expected {float(error):.9g}")
print(f"actual   {float(actual):.9g}")
