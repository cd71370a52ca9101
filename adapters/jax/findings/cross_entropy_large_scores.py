"""optax's cross entropy of integer labels subtracts the score from logsumexp, and loses the digits of large scores.

Both are near the largest score, so their difference is only as exact as numbers of that size are; log_softmax, which
subtracts the largest score first, is exact to rounding.
"""

import jax
import jax.numpy as jnp
import optax

scores = jnp.array([20001.0, 20000.0], jnp.float32)
expected = -jax.nn.log_softmax(scores)[0]
actual = optax.softmax_cross_entropy_with_integer_labels(scores, jnp.array(0))

print(f"expected {float(expected):.9g}")
print(f"actual   {float(actual):.9g}")
