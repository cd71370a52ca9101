"""Running an optimizer on gradients that are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def values_after_steps(torch: Any, optimizer: Any, parameter: Any, gradients: Sequence[float]) -> list[float]:
    """Return the value of a parameter of one element after each of the steps that follow the given gradients."""
    values = []
    for gradient in gradients:
        parameter.grad = torch.tensor([gradient])
        optimizer.step()
        values.append(parameter.item())
    return values
