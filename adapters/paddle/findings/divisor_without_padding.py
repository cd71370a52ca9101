"""divisor_override is not the divisor where the padding does not count."""

import paddle
import paddle.nn.functional as F

print("expected 0.25")
print(f"actual   {F.avg_pool2d(paddle.ones([1, 1, 2, 2]), 2, padding=1, divisor_override=4)[0, 0, 0, 0].item()}")
