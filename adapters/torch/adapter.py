"""The adapter of torch: it hands over torch's own namespace, on a device."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import ml_dtypes
import numpy as np

from adapters.contract import Array, Description, Native, Unavailable, Unsupported
from adapters.torch_shaped import TorchShapedBackend

try:
    import torch
except ModuleNotFoundError as error:
    raise Unavailable("torch is not installed; pip install 'nn-conformance[torch]' brings it.") from error


_HALVES = ("float16", "bfloat16")

_LACKING = re.compile(r"\"\w+\" not implemented for '(Half|BFloat16)'")
"""What torch says where a function of it has no half type on a device."""


class TorchBackend(TorchShapedBackend):
    """torch on one device.

    Args:
        name: What ``--backend`` calls it.
        device: A device of torch, such as ``"cuda"``.
    """

    dtypes = ("float32", "float64", *_HALVES)
    deviations = Path(__file__).with_name("deviations.toml")

    def __init__(self, name: str, device: str) -> None:
        self.name = name
        self._device = torch.device(device)

    def namespace(self) -> Any:
        """Return torch."""
        return torch

    def session(self) -> AbstractContextManager[Any]:
        """Return a context in which new tensors are made on the device; none is needed on the CPU.

        The context is a mode of torch, and under one torch takes other ways through some of its functions.
        """
        return _session(nullcontext() if self._device.type == "cpu" else self._device)

    def describe(self) -> Description:
        """Say which torch, where, and with what leave to be imprecise."""
        on_cuda = self._device.type == "cuda"
        reduced = frozenset(
            kind
            for kind, allowed in (
                ("convolution", torch.backends.cudnn.allow_tf32),
                ("matmul", torch.backends.cuda.matmul.allow_tf32),
            )
            if on_cuda and allowed
        )
        return Description(
            framework="torch",
            version=torch.__version__,
            device=torch.cuda.get_device_name(self._device) if on_cuda else "cpu",
            declarations={
                "TF32": ", ".join(sorted(reduced)) if reduced else "off",
                "threads": str(torch.get_num_threads()),
                "deterministic algorithms": "on" if torch.are_deterministic_algorithms_enabled() else "off",
                "sums of what meets in one place": ", ".join(f"{dtype} in {dtype}" for dtype in _HALVES),
            },
            tensor_float32=reduced,
            scattered={dtype: dtype for dtype in _HALVES},
        )

    def from_numpy(self, array: Array) -> Native:
        """Return a tensor on the device; bfloat16 goes by its bits, which NumPy and torch exchange no other way."""
        copy = np.array(array, order="C")
        if copy.dtype == np.dtype(ml_dtypes.bfloat16):
            return torch.from_numpy(copy.view(np.int16)).view(torch.bfloat16).to(self._device)
        return torch.from_numpy(copy).to(self._device)

    def to_numpy(self, native: Native) -> Array:
        """Return the tensor's values, brought to the CPU."""
        tensor = native.detach().cpu()
        if tensor.dtype == torch.bfloat16:
            return np.asarray(tensor.contiguous().view(torch.int16).numpy().view(ml_dtypes.bfloat16))
        return np.asarray(tensor.numpy(force=True))

    def place(self, module: Any) -> Any:
        """Return ``module`` on the device."""
        return module.to(self._device)


@contextmanager
def _session(device: AbstractContextManager[Any]) -> Iterator[None]:
    """Be on a device; what torch says that it does not offer in a half type is unsupported."""
    try:
        with device:
            yield
    except RuntimeError as error:  # a NotImplementedError is one
        if _LACKING.fullmatch(str(error)):
            raise Unsupported(str(error)) from error
        raise


def cpu() -> TorchBackend:
    """Return torch on the CPU."""
    return TorchBackend("torch", "cpu")


def cuda(name: str = "torch-cuda") -> TorchBackend:
    """Return torch on the current CUDA device, TF32 allowed where torch allows it by default: in convolutions.

    Raises:
        Unavailable: There is none.
    """
    if not torch.cuda.is_available():
        built = "this torch is built without CUDA" if torch.version.cuda is None else "torch sees no CUDA device here"
        raise Unavailable(f"it needs a CUDA device, and {built}.")
    return TorchBackend(name, "cuda")


def cuda_in_float32() -> TorchBackend:
    """Return torch on the current CUDA device with TF32 forbidden, so that float32 budgets hold everywhere.

    Raises:
        Unavailable: There is none.
    """
    return _with_tensor_float32(cuda("torch-cuda-float32"), allowed=False)


def cuda_in_tensor_float32() -> TorchBackend:
    """Return torch on the current CUDA device with TF32 allowed in convolutions and in matrix products.

    Raises:
        Unavailable: There is none.
    """
    return _with_tensor_float32(cuda("torch-cuda-tf32"), allowed=True)


def _with_tensor_float32(backend: TorchBackend, *, allowed: bool) -> TorchBackend:
    torch.backends.cudnn.allow_tf32 = allowed
    torch.backends.cuda.matmul.allow_tf32 = allowed
    return backend
