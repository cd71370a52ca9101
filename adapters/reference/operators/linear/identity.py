"""Identity: the input itself."""

from __future__ import annotations

from typing import Any

from adapters.reference.nn.module import Module

__all__ = ["Identity"]


class Identity(Module):
    """Gives back its input; takes any arguments and ignores them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002 - documented: ignored
        super().__init__()

    def forward(self, input: Any) -> Any:
        """Return ``input``."""
        return input
