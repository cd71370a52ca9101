"""conv_transpose3d: the transpose of the convolution of volumes."""

from __future__ import annotations

from conformance.catalogue.convolution._transposed import transposed_card, transposed_convolution

CARD = transposed_card(3, transposed_convolution)
