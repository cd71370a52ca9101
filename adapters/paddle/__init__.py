"""PaddlePaddle on the CPU: functions and their gradients, layers, optimizers, schedules, initializers."""

BACKENDS = {"paddle": "adapter:backend"}
"""The adapter of PaddlePaddle, imported when it is chosen."""
