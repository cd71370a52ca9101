"""A small functional backend that does as documented: what hostile ones differ from in one thing."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.contract import Description
from adapters.functional import FunctionalBackend


class Honest(FunctionalBackend):
    """relu, linear and view, in NumPy."""

    name = "honest"

    def describe(self) -> Description:
        return Description("plain NumPy", np.__version__)

    def from_numpy(self, array: Any) -> Any:
        return array.copy()

    def to_numpy(self, native: Any) -> Any:
        return native

    def relu(self, input: Any) -> Any:
        return np.maximum(input, 0)

    def linear(self, input: Any, weight: Any, bias: Any = None) -> Any:
        product = np.matmul(input, weight.T)
        return product if bias is None else product + bias

    def view(self, input: Any, shape: Any) -> Any:
        return np.reshape(input, shape)


class Wrong(Honest):
    """relu is off by a little, linear by a lot."""

    name = "wrong"

    def relu(self, input: Any) -> Any:
        return np.maximum(input, 0) * 1.001

    def linear(self, input: Any, weight: Any, bias: Any = None) -> Any:
        return -super().linear(input, weight, bias)


class Lacking(Honest):
    """Offers nothing."""

    name = "lacking"

    def operator(self, name: str) -> Any:
        return super().operator("_" + name)


class Slow(Honest):
    """Takes its time, so that a run can be interrupted."""

    name = "slow"

    def relu(self, input: Any) -> Any:
        import time

        time.sleep(0.4)
        return np.maximum(input, 0)


class Twin(Honest):
    """Another backend of the same name."""
