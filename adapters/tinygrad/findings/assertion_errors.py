"""An argument that cannot be is refused by an assertion, which is not there under python -O."""

from tinygrad import Tensor

print("expected ValueError")
try:
    Tensor.ones(1, 4, 5, 5).conv2d(Tensor.ones(2, 3, 2, 2))
except AssertionError:
    print("actual   AssertionError")
