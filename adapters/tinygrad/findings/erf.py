"""erf is a polynomial of Abramowitz and Stegun's that is as much as 1.5e-7 off, in float64 too."""

import math

from tinygrad import Tensor

print(f"expected {math.erf(0.5)!r}")
print(f"actual   {Tensor([0.5], dtype='float64').erf().item()!r}")
