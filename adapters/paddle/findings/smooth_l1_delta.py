"""A delta of 0, which is documented to be ignored, gives NaN for equal numbers."""

import paddle
import paddle.nn.functional as F

one = paddle.to_tensor([1.0])
print("expected 0.0")
print(f"actual   {F.smooth_l1_loss(one, one, delta=0.0, is_huber=False).item()}")
