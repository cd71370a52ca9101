"""Optimizers take a negative learning rate, momentum or weight decay; nothing is documented about their ranges."""

from mlx import optimizers

print("expected an error")
print(f"actual   {type(optimizers.SGD(learning_rate=-1.0, momentum=-1.0, weight_decay=-1.0)).__name__} is made")
