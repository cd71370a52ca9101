"""An index that is padding_idx gives zeros, whatever its row holds."""

import paddle
import paddle.nn.functional as F

print("expected [1.0, 1.0]")
print(f"actual   {F.embedding(paddle.to_tensor(0), paddle.ones([3, 2]), padding_idx=0).tolist()}")
