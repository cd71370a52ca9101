"""softplus is log(1 + exp(x)), which far below zero leaves few digits of exp(x)."""

import math

from tinygrad import Tensor

print(f"expected {math.log1p(math.exp(-30.0)):.7g}")
print(f"actual   {Tensor([-30.0], dtype='float64').softplus().item():.7g}")
