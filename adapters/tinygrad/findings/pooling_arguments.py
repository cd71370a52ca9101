"""Padding wider than half a window is accepted, and a window of nothing but padding is minus infinity."""

from tinygrad import Tensor

print("expected ValueError")
print(f"actual   {Tensor.ones(1, 1, 2, 2).max_pool2d(2, padding=2)[0, 0, 0, 0].item()}")
