"""The adapter of the reference backend: it hands over the namespace."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from adapters.contract import Description
from adapters.reference.namespace import VERSION, torch
from adapters.torch_shaped import TorchShapedBackend


class ReferenceBackend(TorchShapedBackend):
    """The NumPy framework of this folder, on the CPU."""

    name = "ref"
    dtypes = ("float32", "float64", "float16", "bfloat16")

    def namespace(self) -> Any:
        """Return the namespace of the reference framework."""
        return torch

    def describe(self) -> Description:
        """Say which version computes, with which NumPy and which BLAS."""
        return Description(
            framework="reference (NumPy)",
            version=_version(),
            declarations={"NumPy": np.__version__, "BLAS": _blas()},
            accumulator={"float16": "float32", "bfloat16": "float32"},
        )


def _version() -> str:
    try:
        return version("nn-conformance")
    except PackageNotFoundError:  # a checkout that is not installed
        return VERSION


def _blas() -> str:
    """Return the name and version of the library that NumPy's matrix products use."""
    config: Any = np.show_config(mode="dicts")  # type: ignore[call-arg, func-returns-value, unused-ignore]
    blas = config["Build Dependencies"]["blas"]
    return f"{blas['name']} {blas['version']}"


backend = ReferenceBackend()
