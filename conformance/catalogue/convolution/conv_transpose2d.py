"""conv_transpose2d: the transpose of the convolution of images."""

from __future__ import annotations

from conformance.catalogue.convolution._transposed import transposed_card, transposed_convolution

CARD = transposed_card(2, transposed_convolution)
