"""Keras on TensorFlow."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from adapters.contract import Native, Unsupported
from adapters.functional import FunctionalBackend
from adapters.keras.chosen import choose

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # oneDNN ends the process in some pools, see findings/
choose("tensorflow", "tensorflow")

import tensorflow as tf  # noqa: E402 - not before it is chosen

from adapters.keras.adapter import KerasBackend  # noqa: E402

_NOT_OFFERED = (
    "is not in the list of allowed values",
    "Could not find device",
    "not supported in conjunction with",
    "not yet support dilation rates",
)
"""How TensorFlow says that it lacks a dtype or an option, in exceptions that have other reasons too."""


class Tape(FunctionalBackend):
    """Gradients by ``tf.GradientTape``."""

    def vjp(
        self, function: Callable[..., Native], inputs: Sequence[Native], cotangent: Native | tuple[Native, ...]
    ) -> tuple[Native, Sequence[Native]]:
        """Record ``function`` and take it back; no gradient counts as zero."""
        with tf.GradientTape() as tape:
            tape.watch(list(inputs))
            output = function(*inputs)
        zero = tf.UnconnectedGradients.ZERO
        found = tape.gradient(output, list(inputs), output_gradients=cotangent, unconnected_gradients=zero)
        return output, [tf.convert_to_tensor(one) for one in found]  # those of rows that were taken are sparse


class KerasOnTensorFlow(KerasBackend, Tape):
    """Operators and gradients eagerly, one operation at a time."""

    name = "keras-tensorflow"

    def declared(self) -> Mapping[str, str]:
        """Say which TensorFlow, and whether it computes with oneDNN."""
        one_dnn = "off" if os.environ["TF_ENABLE_ONEDNN_OPTS"] == "0" else "on"
        return {"tensorflow": tf.__version__, "oneDNN": one_dnn}

    def run(self, function: Callable[..., Native], *arguments: Any, **options: Any) -> Native:
        """Call ``function``; TensorFlow's own words for what it does not offer are Unsupported."""
        try:
            return function(*arguments, **options)
        except tf.errors.UnimplementedError as error:
            raise Unsupported(error.message) from error
        except (tf.errors.InvalidArgumentError, tf.errors.NotFoundError, ValueError) as error:
            if not any(words in str(error) for words in _NOT_OFFERED):
                raise
            raise Unsupported(str(error)) from error


backend = KerasOnTensorFlow
