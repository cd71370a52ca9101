"""Optimizers keep the learning rate as a float32 array, also for parameters of float64."""

import mlx.core as mx
from mlx import optimizers

one, zero = mx.array(1.0, mx.float64), mx.array(0.0, mx.float64)
print("expected -0.1")
print(f"actual   {optimizers.SGD(learning_rate=0.1).apply_gradients({'w': one}, {'w': zero})['w'].item()}")
