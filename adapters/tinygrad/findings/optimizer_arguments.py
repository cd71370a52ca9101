"""Adam takes betas and an eps that cannot be."""

from tinygrad import Tensor
from tinygrad.nn import optim

print("expected ValueError")
try:
    optim.Adam([Tensor([1.0])], b1=1.0, eps=-1.0)
    print("actual   it was accepted")
except ValueError:
    print("actual   ValueError")
