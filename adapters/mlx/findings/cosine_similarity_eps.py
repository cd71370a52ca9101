"""cosine_similarity_loss bounds the product of the norms by eps, as documented; torch bounds each norm."""

import mlx.core as mx
from mlx import nn

print("expected 0.5")
print(f"actual   {nn.losses.cosine_similarity_loss(mx.array([[0.25]]), mx.array([[4.0]]), eps=0.5).item()}")
