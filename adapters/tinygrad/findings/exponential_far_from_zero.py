"""exp(x) is 2 to the power of x / log(2), which is rounded: far from zero the error is that of many roundings."""

import math

from tinygrad import Tensor

print(f"expected {math.exp(-60.0)!r}")
print(f"actual   {Tensor([-60.0], dtype='float64').exp().item()!r}")
