"""RMSProp adds epsilon to the mean square, where torch adds it to the root: lr * g / (sqrt(v) + eps)."""

import math

import paddle

p = paddle.create_parameter([1], "float32", default_initializer=paddle.nn.initializer.Constant(1.0))
p.grad = paddle.to_tensor([0.1])
paddle.optimizer.RMSProp(0.1, rho=0.5, epsilon=0.01, parameters=[p]).step()
print(f"expected {1 - 0.1 * 0.1 / (math.sqrt(0.5 * 0.01) + 0.01):.6f}")
print(f"actual   {p.item():.6f}")
