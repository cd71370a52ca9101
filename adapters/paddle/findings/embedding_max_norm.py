"""A row that is longer than max_norm becomes shorter than it."""

import paddle
import paddle.nn.functional as F

print("expected 1.0")
row = F.embedding(paddle.to_tensor([0]), paddle.to_tensor([[3.0, 4.0]], dtype="float64"), max_norm=1.0)
print(f"actual   {row.norm().item()}")
