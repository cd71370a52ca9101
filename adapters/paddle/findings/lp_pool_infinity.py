"""The norm of infinite order is the largest number, not the largest size."""

import paddle
import paddle.nn.functional as F

print("expected 3.0")
print(f"actual   {F.lp_pool2d(paddle.full([1, 1, 2, 2], -3.0), float('inf'), 2).item()}")
