"""Apple's MLX on the CPU: functions of arrays, their gradients, layers, losses, optimizers, schedules, initializers."""

BACKENDS = {"mlx": "adapter:backend"}
"""The adapter of MLX, which judges its CPU operations, the only ones that MLX has on every machine."""
