"""eps bounds the product of the norms, not each of them."""

import paddle
import paddle.nn.functional as F

print("expected 0.5")
print(f"actual   {F.cosine_similarity(paddle.to_tensor([[0.5]]), paddle.to_tensor([[4.0]]), eps=1.0).item()}")
