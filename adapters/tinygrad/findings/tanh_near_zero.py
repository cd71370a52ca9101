"""tanh is 2 sigmoid(2 x) - 1, whose digits cancel where x is small."""

import math

from tinygrad import Tensor

print(f"expected {math.tanh(1e-4):.7g}")
print(f"actual   {Tensor([1e-4]).tanh().item():.7g}")
