"""The derivative of jax.nn.leaky_relu at 0 is 1: it documents x for x >= 0, and no rule for a corner.

torch documents that of the subgradients of a convex function the one of least norm is taken, which is the slope.
"""

import jax

print("expected 0.25")
print(f"actual   {float(jax.grad(jax.nn.leaky_relu)(0.0, 0.25))}")
