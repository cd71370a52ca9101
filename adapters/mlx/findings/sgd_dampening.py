"""SGD damps the first gradient as every other one, as documented; torch starts from the whole first gradient."""

import mlx.core as mx
from mlx import optimizers

optimizer = optimizers.SGD(learning_rate=1.0, momentum=0.5, dampening=0.25)
print("expected -1.0")
print(f"actual   {optimizer.apply_gradients({'w': mx.array(1.0)}, {'w': mx.array(0.0)})['w'].item()}")
