"""SGD's momentum is kept in float32, and a step of a parameter in float64 is refused."""

from tinygrad import Context, Tensor
from tinygrad.nn import optim

parameter = Tensor([1.0], dtype="float64")
parameter.grad = Tensor([1.0], dtype="float64")
print("expected 0.5")
try:
    with Context(TRAINING=1):
        optim.SGD([parameter], lr=0.5, momentum=0.9).step()
    print(f"actual   {parameter.item()}")
except RuntimeError as error:
    print(f"actual   {error}")
