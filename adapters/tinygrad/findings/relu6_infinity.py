"""relu6 is relu(x) - relu(x - 6), which is NaN at infinity."""

from tinygrad import Tensor

print("expected 6.0")
print(f"actual   {Tensor([float('inf')]).relu6().item()}")
