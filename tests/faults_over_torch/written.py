"""The faults of the reference backend that say what an operator or a class does wrong, and so carry over to torch.

Those that name the reference's own code do not, and are left out. Others, when they are tried, turn out to be written
for its arrays: the exception that they raise says so.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from conformance.strength import Fault, faults
from tests.faults._rewriting import PlantingError
from tests.faults_over_torch._rules import over_torch

MEANS_NOTHING = {
    "celu.gradient-decimal-alpha:alpha-in-float32": "torch's own alpha is as short: a known deviation",
    "conv1d.kernel-fits:too-large-kernel-gives-nothing": "it knows the refusal by the reference's words",
    "conv2d.kernel-fits:too-large-kernel-gives-nothing": "it knows the refusal by the reference's words",
    "conv3d.kernel-fits:too-large-kernel-gives-nothing": "it knows the refusal by the reference's words",
    "embedding_bag.empty-rows:offsets-by-steps": "torch stumbles there itself: a known deviation",
    "one_hot.empty-inferred:no-classes": "torch refuses both, no classes and nothing to infer them from",
    "unfold.single-tuple:single-tuple-refused": "torch refuses it itself: a known deviation",
    **{
        f"lp_pool{n}d.ceil-mode:ceil-mode-ignored": "torch's own result is another there: a known deviation"
        for n in (1, 2, 3)
    },
}
"""Faults that change nothing in torch, each with the reason."""


def _carries_over(fault: Fault) -> bool:
    try:
        with over_torch(fault.plant):
            return True
    except (PlantingError, AttributeError):
        return False


FAULTS = tuple(
    replace(fault, plant=partial(over_torch, fault.plant), scope=f"{fault.breaks.partition('.')[0]}.*", borrowed=True)
    for fault in faults("tests.faults")
    if fault.id not in MEANS_NOTHING and _carries_over(fault)
)
