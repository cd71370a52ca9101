"""hardtanh's derivative at a limit is that of the line, where torch documents the least subgradient, 0."""

from tinygrad import Tensor

limit = Tensor([1.0])
print("expected 0.0")
print(f"actual   {limit.hardtanh().sum().gradient(limit)[0].item()}")
