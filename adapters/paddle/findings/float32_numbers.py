"""The number that elu is given reaches its kernel as a float32: a result in float64 is right to 8 digits only."""

import math

import paddle
import paddle.nn.functional as F

print(f"expected {0.3 * math.expm1(-1.0):.16f}")
print(f"actual   {F.elu(paddle.to_tensor(-1.0, dtype='float64'), 0.3).item():.16f}")
