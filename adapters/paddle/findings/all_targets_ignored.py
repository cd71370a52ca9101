"""The mean of no target is 0."""

import paddle
import paddle.nn.functional as F

print("expected nan")
print(f"actual   {F.nll_loss(paddle.to_tensor([[1.0, 2.0]]), paddle.to_tensor([1]), ignore_index=1).item()}")
