"""AdamW counts its steps, not those of each parameter: the first gradient of one, at step 2, is corrected for two."""

import mlx.core as mx
from mlx import optimizers

optimizer = optimizers.AdamW(learning_rate=1.0, weight_decay=0.0, bias_correction=True)
parameters = {"late": mx.array(0.0), "other": mx.array(0.0)}
optimizer.init(parameters)
optimizer.apply_gradients({"other": mx.array(1.0)}, parameters)
print("expected -1.0")
print(f"actual   {optimizer.apply_gradients({'late': mx.array(1.0)}, parameters)['late'].item()}")
