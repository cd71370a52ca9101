"""What the translation of every operator stands on: one node with its inputs and attributes, run by some evaluator."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from adapters.contract import Array, Native
from adapters.functional import FunctionalBackend
from adapters.onnx.model import element_type, single


class OnnxBackend(FunctionalBackend):
    """An evaluator of ONNX models. Its arrays are NumPy's."""

    deviations = Path(__file__).with_name("deviations.toml")

    opset = 0
    """The version of the operator set that models are made of."""

    def from_numpy(self, array: Array) -> Native:
        """Return a copy."""
        return np.array(array)

    def to_numpy(self, native: Native) -> Array:
        """Return the array itself."""
        return np.asarray(native)

    def seed(self, seed: int) -> None:
        """Start anew what the seeds of random operators are drawn from: in ONNX they are attributes."""
        self._seeds = np.random.default_rng(seed)

    _seeds = np.random.default_rng()

    def _drawn_seed(self) -> int:
        return int(self._seeds.integers(2**31))

    @abstractmethod
    def _evaluate(self, model: Any, feeds: Mapping[str, Array]) -> Sequence[Any]:
        """Return the outputs of ``model``, or raise what the evaluator raises."""

    def _run(self, operator: str, first: Native, *others: Native | None, **attributes: Any) -> Native:
        """Return the first output of ``operator``, which is of the type of the first input."""
        return self._several(operator, (first, *others), (first.dtype,), **attributes)[0]

    def _several(
        self, operator: str, inputs: Sequence[Native | None], outputs: Sequence[Any], **attributes: Any
    ) -> Sequence[Any]:
        """Return as many outputs of ``operator`` as ``outputs`` has dtypes."""
        call = single(operator, inputs, attributes, outputs, self.opset)
        return self._evaluate(call.model, call.feeds)


def batched(input: Native, dimensions: int) -> tuple[Native, bool]:
    """Return ``input`` with a batch in front, which ONNX always has, and whether it had none.

    Args:
        input: An array of ``dimensions`` dimensions, or of more.
        dimensions: How many it has without a batch.
    """
    alone = input.ndim == dimensions
    return (input[None] if alone else input), alone


def with_channels(array: Native, dimensions: int) -> Native:
    """Return what torch has one of for each channel, so that it broadcasts along the second of ``dimensions``."""
    if array.ndim != 1:
        return array
    return array.reshape(()) if array.size == 1 else array.reshape(-1, *(1,) * max(dimensions - 2, 0))


def integers(values: int | Iterable[int]) -> Array:
    """Return shapes, sizes and the like as ONNX takes them: as an array."""
    return np.array(values if isinstance(values, int) else list(values), np.int64)


def computed_in(array: Native) -> int:
    """Return the type of ``array`` as ``stash_type``, the type that a normalization computes in, names it."""
    return element_type(array.dtype)
