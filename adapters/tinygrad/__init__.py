"""tinygrad: methods of ``Tensor`` and their gradients, the layers of ``nn``, optimizers, initializers."""

BACKENDS = {"tinygrad": "adapter:backend"}
"""The adapter of tinygrad, imported when it is chosen."""
