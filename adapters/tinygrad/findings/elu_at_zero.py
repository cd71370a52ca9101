"""elu is differentiable at 0, where its derivative is 1, but both of the clipped parts that it is made of give 0."""

from tinygrad import Tensor

zero = Tensor([0.0])
print("expected 1.0")
print(f"actual   {zero.elu().sum().gradient(zero)[0].item()}")
