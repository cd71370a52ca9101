"""conv_transpose1d: the transpose of the convolution of signals."""

from __future__ import annotations

from conformance.catalogue.convolution._transposed import transposed_card, transposed_convolution

CARD = transposed_card(1, transposed_convolution)
