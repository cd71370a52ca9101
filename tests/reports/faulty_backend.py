"""The reference backend with ten realistic slips in it: what a report has to lay open.

``pytest --backend=tests.reports.faulty_backend:backend``
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from adapters.reference.adapter import ReferenceBackend
from conformance.strength import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adapters.contract import Description

SLIPS = (
    "conv2d.stride:stride-swapped",
    "linear.gradient:gradient-in-tensor-float32",
    "max_pool2d.value:starts-from-zero",
    "relu.gradient-at-zero:one-at-zero",
    "gelu.value:tanh-by-default",
    "softmax.dim:always-the-last",
    "mse_loss.size-mismatch-warns:no-warning",
    "sgd.nesterov:nesterov-ignored",
    "adam.eps:adam-eps-within-root",
    "module.load-unexpected-key:unexpected-keys-are-not-refused",
)


class FaultyBackend(ReferenceBackend):
    """The reference backend, with every slip planted for as long as a check lasts."""

    name = "faulty"

    def __init__(self) -> None:
        known = {fault.id: fault for fault in faults("tests.faults")}
        self._planted = [known[slip] for slip in SLIPS]

    def describe(self) -> Description:
        """Say that it is not what it looks like."""
        return replace(super().describe(), framework="reference with ten planted faults")

    @contextmanager
    def session(self) -> Iterator[None]:
        """Plant every slip."""
        with ExitStack() as stack:
            stack.enter_context(super().session())
            for fault in self._planted:
                stack.enter_context(fault.plant())
            yield


backend = FaultyBackend()
