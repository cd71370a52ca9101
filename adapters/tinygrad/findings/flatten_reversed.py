"""flatten from a later dimension to an earlier one is accepted, and makes a dimension more."""

from tinygrad import Tensor

print("expected ValueError")
print(f"actual   {Tensor.ones(2, 3).flatten(1, 0).shape}")
