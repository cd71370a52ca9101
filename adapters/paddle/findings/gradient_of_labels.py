"""A loss is no function of its labels to the tape: the derivative by a label, -log(x / (1 - x)), is not there."""

import paddle
import paddle.nn.functional as F

x, label = paddle.to_tensor(0.25), paddle.to_tensor(0.5, stop_gradient=False)
x.stop_gradient = False
print(f"expected {-paddle.log(x / (1 - x)).item():.6f}")
print(f"actual   {paddle.grad(F.binary_cross_entropy(x, label), [label], allow_unused=True)[0]}")
