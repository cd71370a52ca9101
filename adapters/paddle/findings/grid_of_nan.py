"""A coordinate that is NaN gives NaN, where torch takes it for -1."""

import paddle
import paddle.nn.functional as F

grid = paddle.to_tensor([[[[float("nan"), 0.0]]]])
print("expected 1.0")
print(f"actual   {F.grid_sample(paddle.ones([1, 1, 2, 2]), grid, padding_mode='border').item()}")
