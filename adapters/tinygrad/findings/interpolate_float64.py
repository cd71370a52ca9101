"""Linear interpolation computes its places in float32, in float64 too."""

from tinygrad import Tensor

print(f"expected {2 / 3!r}")
print(f"actual   {Tensor([0.0, 1.0], dtype='float64').interpolate((4,), align_corners=True).tolist()[2]!r}")
