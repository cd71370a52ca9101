"""A parameter without dimensions cannot be stepped: the learning rate is a tensor of one dimension."""

from tinygrad import Context, Tensor
from tinygrad.nn import optim

parameter = Tensor(1.0, dtype="float32")
parameter.grad = Tensor(1.0, dtype="float32")
print("expected 0.5")
try:
    with Context(TRAINING=1):
        optim.SGD([parameter], lr=0.5).step()
    print(f"actual   {parameter.item()}")
except ValueError as error:
    print(f"actual   {error}")
