"""With ceil_mode, a window that begins in the padding behind the input is one more."""

import paddle
import paddle.nn.functional as F

print("expected 2")
print(f"actual   {F.max_pool1d(paddle.ones([1, 1, 6]), 2, 4, 1, ceil_mode=True).shape[-1]}")
