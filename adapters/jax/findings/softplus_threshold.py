"""jax.nn.softplus is log(1 + exp(x)) for every x, as it documents; torch documents x itself above a threshold of 20."""

import jax

print("expected 25.0")
with jax.enable_x64(new_val=True):
    print(f"actual   {float(jax.nn.softplus(25.0))!r}")
