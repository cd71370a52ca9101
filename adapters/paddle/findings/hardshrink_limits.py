"""hardshrink keeps what is as large as the threshold, which its formula takes to 0."""

import paddle
import paddle.nn.functional as F

print("expected [0.0, 0.0]")
print(f"actual   {F.hardshrink(paddle.to_tensor([-0.75, 0.75]), 0.75).tolist()}")
