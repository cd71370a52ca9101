"""An index beyond the output is accepted, and its value is lost."""

from tinygrad import Tensor

print("expected IndexError")
print(f"actual   {Tensor([[[[5.0]]]]).max_unpool2d(Tensor([[[[7]]]])).flatten().tolist()}")
