"""binary_crossentropy of a prediction of 0 or 1 is NaN, where the label says the same."""

from tinygrad import Tensor

print("expected 0.0")
print(f"actual   {Tensor([1.0]).binary_crossentropy(Tensor([1.0])).item()}")
