"""leaky_relu is convex for a slope below 1, whose least subgradient at 0 is the slope, and gives 1 there."""

from tinygrad import Tensor

zero = Tensor([0.0])
print("expected 0.25")
print(f"actual   {zero.leaky_relu(0.25).sum().gradient(zero)[0].item()}")
