"""selu's constants are rounded to six digits."""

import math

from tinygrad import Tensor

print(f"expected {1.0507009873554805 * 1.6732632423543772 * (math.exp(-1) - 1)!r}")
print(f"actual   {Tensor([-1.0], dtype='float64').selu().item()!r}")
