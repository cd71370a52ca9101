"""A window that begins with a NaN has the largest of the others, and one that ends with a NaN is NaN."""

import paddle
import paddle.nn.functional as F

print("expected nan")
print(f"actual   {F.max_pool2d(paddle.to_tensor([[[[float('nan'), 5.0]]]]), (1, 2)).item()}")
