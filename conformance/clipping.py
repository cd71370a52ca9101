"""A case of clipping: the gradients of several parameters, and options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from conformance.data import Recipe, seed_of


@dataclass(frozen=True)
class Clipping:
    """The gradients of several parameters, all to be clipped at once.

    Args:
        name: What is particular about it; unique within its clause.
        gradients: The recipe of each gradient.
        options: The function's options.
    """

    name: str
    gradients: tuple[Recipe, ...]
    options: Mapping[str, Any] = field(default_factory=dict)

    def arrays(self, dtype: str) -> list[NDArray[Any]]:
        """Return the gradients, filled, in ``dtype``."""
        return [recipe.fill(dtype, seed_of("gradient", i)) for i, recipe in enumerate(self.gradients)]

    def call(self, function: str, dtype: str) -> str:
        """Return the call as code, gradients given by dtype and shape."""
        shapes = ", ".join(f"{dtype}{list(recipe.shape)}" for recipe in self.gradients)
        options = "".join(f", {option}={value!r}" for option, value in self.options.items())
        return f"{function}([{shapes}]{options})"
