"""What the losses of class indices share: checks of targets and weights, and where the classes are."""

from __future__ import annotations

import numpy as np

from adapters.reference.dtype import INTEGER, Array
from adapters.reference.operators._shared import require_tensor
from adapters.reference.tensor import Tensor


def class_axis(ndim: int) -> int:
    """Return the axis of the classes: the second, or the only one."""
    return 0 if ndim == 1 else 1


def along_classes(values: Array, ndim: int) -> Array:
    """Return one number a class in a shape that broadcasts against an input of ``ndim`` dimensions."""
    return values.reshape([-1 if axis == class_axis(ndim) else 1 for axis in range(ndim)])


def require_classes(what: str, input: Tensor, target: Tensor) -> None:
    """Refuse targets that are not one class index for each place of the input.

    Raises:
        RuntimeError: The target is not of integers, or the input has no dimension of classes.
        ValueError: The shapes do not fit.
    """
    require_tensor(input, f"{what}: input")
    require_tensor(target, f"{what}: target")
    if target.dtype.category != INTEGER:
        raise RuntimeError(f"{what}: target: expected class indices of an integer type, not {target.dtype}")
    if input.ndim == 0:
        raise RuntimeError(f"{what}: input: expected a dimension of classes, not a number alone")
    axis, size = class_axis(input.ndim), input.array.shape
    wanted = size[:axis] + size[axis + 1 :]
    if target.array.shape != wanted:
        raise ValueError(f"{what}: target: expected shape {wanted} for an input of {size}, not {target.array.shape}")


def require_weight(what: str, weight: Tensor | None, classes: int) -> None:
    """Refuse weights that are not one a class.

    Raises:
        RuntimeError: Their shape is another.
    """
    if weight is not None and weight.array.shape != (classes,):
        raise RuntimeError(f"{what}: weight: expected {classes} elements, one a class, not shape {weight.array.shape}")


def counted_classes(what: str, target: Array, classes: int, ignore_index: int | None) -> tuple[Array, Array]:
    """Return which targets count, and the class of each, 0 for those that do not.

    Raises:
        IndexError: A target that counts is no class.
    """
    counted = np.ones(target.shape, dtype=bool) if ignore_index is None else target != ignore_index
    if bool((counted & ((target < 0) | (target >= classes))).any()):
        raise IndexError(f"{what}: target: expected classes from 0 to {classes - 1}, not {target[counted].tolist()}")
    return counted, np.where(counted, target, 0)
