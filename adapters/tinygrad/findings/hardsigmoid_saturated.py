"""hardsigmoid is the difference of two clipped lines, which where it should be 1 is something else by a rounding."""

from tinygrad import Tensor

found = (Tensor.arange(300, 2000) * 0.01).hardsigmoid()
print("expected 1.0 1.0")
print(f"actual   {found.min().item()!r} {found.max().item()!r}")
