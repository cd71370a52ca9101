"""Optax documents no ranges of its optimizers' arguments and refuses none; torch documents that lr is not negative."""

import optax

print("expected a refusal")
try:
    optax.sgd(-0.1)
    print("actual   accepted")
except ValueError as error:
    print(f"actual   {error!r}")
