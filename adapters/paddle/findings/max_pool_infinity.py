"""The largest of minus infinities is the smallest finite number."""

import paddle
import paddle.nn.functional as F

print("expected -inf")
print(f"actual   {F.max_pool1d(paddle.full([1, 1, 2], -float('inf')), 2).item()}")
