"""Slips of instance_norm."""

from __future__ import annotations

from typing import Any

from conformance.strength import Fault
from tests.faults._planting import backward, forward, method
from tests.faults.normalization._shared import Normalization, eps_outside, mean_forgotten, thousandth, unbiased

_NORM = Normalization("instance_norm", "InstanceNorm2d")


def _shifted_always(right: Any, given: dict[str, Any]) -> Any:
    """Shift by a half where there is no bias."""
    result = right(**given)
    return result + 0.5 if given["bias"] is None else result


def _images_alone(right: Any, given: dict[str, Any]) -> Any:
    """Take the statistics over two positions alone, refusing other numbers of them."""
    if given["input"].ndim != 4:
        raise RuntimeError("instance_norm: expected images")
    return right(**given)


FAULTS = (
    *_NORM.common(),
    *(
        Fault(
            "eps-of-a-thousandth",
            f"instance_norm.layer-instance-norm{number}d",
            method(f"operators.normalization.instance_norm:InstanceNorm{number}d.__init__", thousandth),
        )
        for number in (1, 3)
    ),
    _NORM.standard("unbiased-variance", "value", forward("StandardizeBackward0", unbiased), "*"),
    _NORM.standard("eps-outside-the-root", "eps", forward("StandardizeBackward0", eps_outside), "*"),
    _NORM.standard("mean-forgotten", "gradient", backward("StandardizeBackward0", mean_forgotten), "*"),
    _NORM.fault("affine-always", "affine-parts", _NORM.wrong(_shifted_always), "*"),
    _NORM.fault(
        "images-alone", "dimensions", _NORM.wrong(_images_alone), "layer-*", "value", "gradient", stumbles=True
    ),
)
