"""Which backend Keras computes with: it is chosen when Keras is imported, once in a process."""

from __future__ import annotations

import importlib.util
import os
import sys

from adapters.contract import Unavailable


def choose(backend: str, *distributions: str) -> None:
    """Have Keras compute with ``backend``.

    Args:
        backend: Keras's own name of it.
        distributions: The modules that it needs beside Keras.

    Raises:
        Unavailable: Something is not installed, or Keras has been imported with another backend.
    """
    for name in ("keras", *distributions):
        if importlib.util.find_spec(name) is None:
            raise Unavailable.not_installed(name, backend=f"keras-{backend}", extra="keras")
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    if "keras" not in sys.modules:
        os.environ["KERAS_BACKEND"] = backend
    import keras  # noqa: PLC0415 - not before it is chosen

    if keras.config.backend() != backend:
        raise Unavailable(
            f"Keras has been imported with the backend {keras.config.backend()!r}, and keeps it for as long as the "
            f"process runs; judge {backend!r} in a run of its own."
        )
