"""Adam's moments and the powers of its betas are kept in float32, also for a parameter in float64."""

from tinygrad import Context, Tensor
from tinygrad.nn import optim

parameter = Tensor([0.0], dtype="float64")
parameter.grad = Tensor([1.0], dtype="float64")
with Context(TRAINING=1, DEFAULT_FLOAT="float64"):
    optim.Adam([parameter], lr=1.0).step()
print(f"expected {-1 / (1 + 1e-8)!r}")
print(f"actual   {parameter.item()!r}")
