"""The default ignore_index is not left out of the mean."""

import paddle
import paddle.nn.functional as F

scores = paddle.to_tensor([[1.0, 2.0], [3.0, 4.0]])
print(f"expected {F.cross_entropy(scores[:1], paddle.to_tensor([0])).item():.6f}")
print(f"actual   {F.cross_entropy(scores, paddle.to_tensor([0, -100])).item():.6f}")
