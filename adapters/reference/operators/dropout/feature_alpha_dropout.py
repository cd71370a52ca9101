"""feature_alpha_dropout: whole channels set to SELU's saturation at random, mean and variance kept."""

from __future__ import annotations

from adapters.reference.operators.dropout._shared import DropoutModule, channels, require_dimensions, saturated
from adapters.reference.tensor import Tensor

__all__ = ["FeatureAlphaDropout", "feature_alpha_dropout"]


def feature_alpha_dropout(input: Tensor, p: float = 0.5, training: bool = False, inplace: bool = False) -> Tensor:
    """Return ``input`` with whole channels set to SELU's saturation at random, mean and variance kept.

    Args:
        input: (N, C, D, H, W) or (C, D, H, W).
        p: The probability of being dropped.
        training: Drop; otherwise ``input`` is returned as it is.
        inplace: Write the result into the memory of the input.

    Raises:
        ValueError: ``p`` is not between 0 and 1.
        RuntimeError: ``input`` has another number of dimensions.
    """
    require_dimensions("feature_alpha_dropout", input, (4, 5))
    return saturated(
        "feature_alpha_dropout", input, channels(input, input.ndim - 3), p, training=training, inplace=inplace
    )


class FeatureAlphaDropout(DropoutModule):
    """Feature_alpha_dropout as a module; see :func:`feature_alpha_dropout`."""

    def forward(self, input: Tensor) -> Tensor:
        """Return ``input``, in training with what is left to chance."""
        return feature_alpha_dropout(input, self.p, self.training, self.inplace)
