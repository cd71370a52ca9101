"""Of the two that the greater is taken of, Adamax adds epsilon to the decayed norm, torch to the gradient's size."""

import paddle

p = paddle.create_parameter([1], "float32", default_initializer=paddle.nn.initializer.Constant(1.0))
p.grad = paddle.to_tensor([0.1])
paddle.optimizer.Adamax(0.1, epsilon=0.5, parameters=[p]).step()
print(f"expected {1 - 0.1 * 0.1 / (0.1 + 0.5):.6f}")
print(f"actual   {p.item():.6f}")
