"""Fewer weights than classes are accepted, and a class without one has the weight 0."""

from tinygrad import Tensor

print("expected IndexError")
print(f"actual   {Tensor([[-1.0, -2.0]]).nll_loss(Tensor([1]), Tensor([1.0]), reduction='sum').item()}")
