"""The gradient of a convolution's kernel cannot be had for a batch of nothing; it is a kernel of zeros."""

import mlx.core as mx

images, kernel = mx.zeros((0, 5, 1)), mx.zeros((1, 2, 1))
print("expected [0.0, 0.0]")
try:
    _, (gradient,) = mx.vjp(lambda varied: mx.conv1d(images, varied), [kernel], [mx.zeros((0, 4, 1))])
    print(f"actual   {gradient.reshape(-1).tolist()}")
except ValueError as error:
    print(f"actual   {error}")
