"""RMSNorm computes in float32, in float64 too."""

from tinygrad import Tensor, nn

print(f"expected {1 / 1.25**0.5!r}")
norm = nn.RMSNorm(2, eps=0.0, elementwise_affine=False)
print(f"actual   {norm(Tensor([1.0, 0.5], dtype='float64') * 2**0.5).tolist()[0] / 2**0.5!r}")
