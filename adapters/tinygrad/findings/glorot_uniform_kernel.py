"""The bound of a kernel's weights takes its number for all that goes out, and not that of its elements as well."""

from tinygrad import Tensor

Tensor.manual_seed(0)
print(f"expected a largest weight below {(6 / (2 * 64 * 9)) ** 0.5:.4f}")
print(f"actual   a largest weight of {Tensor.glorot_uniform(64, 64, 3, 3).abs().max().item():.4f}")
