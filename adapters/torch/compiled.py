"""The adapter of ``torch.compile``: torch's functions and layers, each compiled for every check anew."""

from __future__ import annotations

import logging
import os
import shutil
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import torch

from adapters.contract import Array, Backend, Description, Native, Unavailable
from adapters.torch.adapter import TorchBackend, cpu

with warnings.catch_warnings():  # the compiler imports parts of torch that torch deprecates
    warnings.simplefilter("ignore", DeprecationWarning)
    import torch._inductor.compile_fx

if "TORCH_TRACE" not in os.environ:  # pytest listens to it too: hundreds of empty lines in the report of every failure
    logging.getLogger("torch.__trace").disabled = True

_OPTIONS: dict[str, Any] = {"compile_threads": 1}
"""Of inductor: checks are spread over processes already."""


class CompiledBackend(Backend):
    """What ``torch.compile`` makes of torch on the CPU; what it does not compile is unsupported, not torch's own.

    Optimizers, schedules, initializers and the object tier are not compiled here: ``--backend=torch`` judges them.
    Second derivatives are not offered: torch does not differentiate a backward pass that it has compiled.
    """

    name = "torch-compile"
    dtypes = TorchBackend.dtypes
    deviations = TorchBackend.deviations

    def __init__(self) -> None:
        self._eager = cpu()

    def describe(self) -> Description:
        """Say what torch says of itself, and by what it is compiled."""
        below = self._eager.describe()
        return replace(below, declarations={"compiler": "inductor", **below.declarations})

    @contextmanager
    def session(self) -> Iterator[None]:
        """Compile everything anew."""
        torch.compiler.reset()  # torch gives up compiling a function that it has compiled for too many shapes
        with self._eager.session():
            yield

    def from_numpy(self, array: Array) -> Native:
        """Return a tensor."""
        return self._eager.from_numpy(array)

    def to_numpy(self, native: Native) -> Array:
        """Return the tensor's values."""
        return self._eager.to_numpy(native)

    def operator(self, name: str) -> Callable[..., Native]:
        """Return the function, compiled."""
        return torch.compile(self._eager.operator(name), options=_OPTIONS)

    def seed(self, seed: int) -> None:
        """Call ``torch.manual_seed``."""
        self._eager.seed(seed)

    def vjp(
        self, function: Callable[..., Native], inputs: Sequence[Native], cotangent: Native | tuple[Native, ...]
    ) -> tuple[Native, Sequence[Native]]:
        """Record what is compiled, and take it back: the backward pass is compiled with the forward one."""
        return self._eager.vjp(function, inputs, cotangent)

    def layer(
        self,
        name: str,
        options: Mapping[str, Any],
        state: Mapping[str, Array],
        dtype: str,
        *,
        training: bool = True,
    ) -> Callable[..., Native]:
        """Return the module, compiled."""
        return torch.compile(self._eager.layer(name, options, state, dtype, training=training), options=_OPTIONS)

    def layer_state(self, layer: Callable[..., Native]) -> Mapping[str, Array]:
        """Return the module's ``state_dict``."""
        return _as_documented(self._eager.layer_state(layer))

    def layer_vjp(
        self,
        layer: Callable[..., Native],
        function: Callable[..., Native],
        inputs: Sequence[Native],
        cotangent: Native | tuple[Native, ...],
    ) -> tuple[Native, Sequence[Native], Mapping[str, Array]]:
        """Record what is compiled, take it back, and read the gradients of the module's parameters."""
        output, products, found = self._eager.layer_vjp(layer, function, inputs, cotangent)
        return output, products, _as_documented(found)


def _as_documented(arrays: Mapping[str, Array]) -> Mapping[str, Array]:
    """Return the arrays by the names that the module gives them: within a compiled one it is called ``_orig_mod``."""
    return {name.removeprefix("_orig_mod."): array for name, array in arrays.items()}


def backend() -> CompiledBackend:
    """Return what torch compiles.

    Raises:
        Unavailable: There is no C++ compiler, which inductor needs on the CPU.
    """
    if not any(map(shutil.which, ("g++", "clang++", "c++"))):
        raise Unavailable("torch.compile needs a C++ compiler on the PATH: g++ or clang++.")
    return CompiledBackend()
