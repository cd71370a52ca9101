"""A window with a NaN has the largest of the others, or NaN, as the order is."""

from tinygrad import Tensor

nan = float("nan")
print("expected [nan, nan]")
print(f"actual   {Tensor([[[[nan, 5.0, 5.0, nan]]]]).max_pool2d((1, 2)).flatten().tolist()}")
