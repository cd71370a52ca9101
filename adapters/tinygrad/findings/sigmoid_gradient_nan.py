"""The gradient of sigmoid is NaN where exp(-x) is infinite, at least where output and gradient are realized at once."""

from tinygrad import Tensor

low = Tensor([-200.0, 0.0])
output = low.sigmoid()
gradient = output.gradient(low, gradient=Tensor([-0.5, -0.5]))[0]
Tensor.realize(output, gradient)
print("expected [0.0, -0.125]")
print(f"actual   {gradient.tolist()}")
