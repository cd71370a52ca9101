"""The gradient of layer_norm's input leaves the weight out where the weight needs no gradient."""

import paddle
import paddle.nn.functional as F

pulled = paddle.to_tensor([[0.0, 1.0, 0.0]])


def gradient(*, frozen: bool) -> list[float]:
    """Return the gradient of the input."""
    x = paddle.to_tensor([[1.0, 2.0, 4.0]], stop_gradient=False)
    weight = paddle.to_tensor([1.0, 2.0, 3.0], stop_gradient=frozen)
    F.layer_norm(x, 3, weight).backward(pulled)
    return [round(one, 5) for one in x.grad[0].tolist()]


print(f"expected {gradient(frozen=False)}")
print(f"actual   {gradient(frozen=True)}")
