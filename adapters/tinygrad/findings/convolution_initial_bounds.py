"""Weights of a grouped convolution are drawn for all input channels, of which one of them sees a part alone."""

from tinygrad import Tensor, nn

Tensor.manual_seed(0)
weight = nn.Conv2d(64, 64, 1, groups=64).weight
print("expected a largest weight near 1.0")
print(f"actual   a largest weight of {weight.abs().max().item():.3f}")
