"""Padding "SAME" sets the dilation to 1: with a kernel (1, 0, 0), each output is the input two places before."""

import paddle
import paddle.nn.functional as F

x, kernel = paddle.to_tensor([[[1.0, 2.0, 3.0, 4.0]]]), paddle.to_tensor([[[1.0, 0.0, 0.0]]])
print("expected [0.0, 0.0, 1.0, 2.0]")
print(f"actual   {F.conv1d(x, kernel, padding='SAME', dilation=2)[0, 0].tolist()}")
