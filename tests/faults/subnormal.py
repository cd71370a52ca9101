"""The fault of taking numbers below the smallest normal one for zero, in every operator that only selects."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.card import OperatorCard
from conformance.catalogue import cards
from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import Planter, method, operator


def _flushed(given: Any) -> Any:
    """Return a tensor of floating-point numbers without those below the smallest normal one; anything else as it is."""
    if not isinstance(given, torch.Tensor) or not given.is_floating_point():
        return given
    array = given.detach().numpy()
    small = (array != 0) & (np.abs(array) < np.finfo(array.dtype).tiny)
    return given * torch.from_numpy((~small).astype(array.dtype)) if small.any() else given


def _plant(name: str) -> Planter:
    if name == "view":  # a method, whose lengths come one by one
        return method("tensor:Tensor.view", lambda right, tensor, *shape: right(_flushed(tensor), *shape))
    return operator(name, lambda right, **given: right(**{key: _flushed(one) for key, one in given.items()}))


FAULTS = tuple(
    Fault("flushed-to-zero", f"{card.name}.subnormal", _plant(card.name))
    for card in cards()
    if isinstance(card, OperatorCard) and card.selects
)
