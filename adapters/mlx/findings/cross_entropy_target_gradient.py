"""The gradient in probabilities is that of the scores, where the loss is -sum(p * log_softmax(x))."""

import mlx.core as mx
from mlx import nn

scores, probabilities = mx.array([0.0, 0.0]), mx.array([0.25, 0.75])
print(f"expected {(-nn.log_softmax(scores)).tolist()}")
print(f"actual   {mx.grad(lambda p: nn.losses.cross_entropy(scores, p))(probabilities).tolist()}")
