"""The gradient of a transposed convolution with output_padding has another shape than the input."""

import mlx.core as mx

images, kernel = mx.ones((1, 4, 1)), mx.ones((1, 2, 1))


def widened(varied: mx.array) -> mx.array:
    """Return an output of twice the input's length and one more."""
    return mx.conv_transpose1d(varied, kernel, stride=2, output_padding=1)


_, (gradient,) = mx.vjp(widened, [images], [mx.ones(widened(images).shape)])
print(f"expected {images.shape}")
print(f"actual   {gradient.shape}")
