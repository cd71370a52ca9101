"""An optimizer takes a learning rate below 0, and goes up."""

import paddle

p = paddle.create_parameter([1], "float32", default_initializer=paddle.nn.initializer.Constant(1.0))
p.grad = paddle.to_tensor([1.0])
print("expected ValueError")
paddle.optimizer.SGD(-0.5, parameters=[p]).step()
print(f"actual   {p.item()}")
