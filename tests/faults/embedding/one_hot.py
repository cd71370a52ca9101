"""Faults of one_hot."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.faults._base import torch
from tests.faults._planting import operator, option
from tests.faults.embedding._shared import shifted, slip

_NAME = "one_hot"


def _from_one(right: Any, tensor: Any, num_classes: int) -> Any:
    return right(shifted(tensor, -1, num_classes) if num_classes > 0 else tensor, num_classes)


def _one_too_many(right: Any, tensor: Any, num_classes: int) -> Any:
    inferred = num_classes == -1 and tensor.numel() > 0
    return right(tensor, int(tensor.array.max()) + 2 if inferred else num_classes)


def _vectors_at_least(right: Any, tensor: Any, num_classes: int) -> Any:
    result = right(tensor, num_classes)
    return result if tensor.ndim else result.reshape(1, -1)


def _classes_first(right: Any, tensor: Any, num_classes: int) -> Any:
    return torch.from_numpy(np.moveaxis(right(tensor, num_classes).array, -1, 0).copy())


def _none_for_nothing(right: Any, tensor: Any, num_classes: int) -> Any:
    return right(tensor, 0 if num_classes == -1 and tensor.numel() == 0 else num_classes)


def _used_up(right: Any, tensor: Any, num_classes: int) -> Any:
    result = right(tensor, num_classes)
    tensor.array[...] = 0
    return result


FAULTS = (
    slip(_NAME, "value", "counts-from-one", operator(_NAME, _from_one)),
    slip(_NAME, "inferred-number", "one-too-many", operator(_NAME, _one_too_many), alone=True),
    slip(_NAME, "any-shape", "one-becomes-a-batch", operator(_NAME, _vectors_at_least), alone=True),
    slip(_NAME, "output-size", "classes-first", operator(_NAME, _classes_first)),
    slip(_NAME, "empty-inferred", "no-classes", operator(_NAME, _none_for_nothing), alone=True),
    slip(_NAME, "index-type", "truncated", option(_NAME, tensor=lambda t: t.long()), alone=True),
    slip(_NAME, "dtype", "floats", operator(_NAME, lambda right, **g: right(**g).float()), alone=True),
    slip(_NAME, "purity", "used-up", operator(_NAME, _used_up), alone=True),
)
