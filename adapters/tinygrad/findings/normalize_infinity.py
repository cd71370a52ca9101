"""normalize by the largest element, which is p = infinity, is refused."""

import math

from tinygrad import Tensor

print("expected [0.5, 1.0]")
try:
    print(f"actual   {Tensor([1.0, 2.0]).normalize(math.inf, 0).tolist()}")
except OverflowError as error:
    print(f"actual   {error}")
