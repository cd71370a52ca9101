"""The loss's derivative by the variance, (1 / v - (x - y)^2 / v^2) / 2, is not there."""

import paddle
import paddle.nn.functional as F

variance = paddle.to_tensor(0.5, stop_gradient=False)
x, y = paddle.to_tensor(1.0, stop_gradient=False), paddle.to_tensor(0.0)
print("expected -1.0")
print(f"actual   {paddle.grad(F.gaussian_nll_loss(x, y, variance), [variance], allow_unused=True)[0]}")
