"""The target that torch ignores by default, -100, loses nothing in cross_entropy either, but counts in the mean."""

from tinygrad import Tensor

print(f"expected {Tensor([[0.0, 0.0]]).cross_entropy(Tensor([1])).item():.4f}")
print(f"actual   {Tensor([[0.0, 0.0], [0.0, 0.0]]).cross_entropy(Tensor([1, -100])).item():.4f}")
