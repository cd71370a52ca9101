"""Cases of initial values: a tensor to be filled, a gain, a new layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.oracle import Arithmetic, numpy_dtype


@dataclass(frozen=True)
class Filling:
    """A case of an initializer.

    Args:
        name: What is particular about it; unique within its clause.
        shape: The shape of the tensor that is filled.
        options: The initializer's options.
    """

    name: str
    shape: tuple[int, ...]
    options: Mapping[str, Any] = field(default_factory=dict)

    def before(self, dtype: str) -> NDArray[Any]:
        """Return what the tensor holds before: sevens, of which nothing may stay."""
        return np.full(self.shape, 7.0).astype(numpy_dtype(dtype))

    def call(self, initializer: str, dtype: str) -> str:
        """Return the call as code."""
        options = "".join(f", {option}={value!r}" for option, value in self.options.items())
        return f"{initializer}({dtype}{list(self.shape)}{options})"


@dataclass(frozen=True)
class Gain:
    """A case of gains: a nonlinearity by the name of its function, and that function's parameter, if it has one."""

    name: str
    nonlinearity: str
    parameter: float | None = None

    def call(self, function: str, dtype: str) -> str:
        """Return the call as code."""
        del dtype
        return f"{function}({self.nonlinearity!r}{'' if self.parameter is None else f', {self.parameter!r}'})"


@dataclass(frozen=True)
class Beginning:
    """A case of a new layer.

    Args:
        name: What is particular about it; unique within its clause.
        layer: The class's name in ``torch.nn``.
        options: The arguments of its constructor.
        parameter: Which of its parameters is looked at, by its documented name.
        shape: That parameter's documented shape.
        begins: Gives, in oracle arithmetic, the documented :class:`~conformance.distribution.Distribution`, or the
            number that every element is.
    """

    name: str
    layer: str
    options: Mapping[str, Any]
    parameter: str
    shape: tuple[int, ...]
    begins: Callable[[Arithmetic], Any]

    def call(self, operator: str, dtype: str) -> str:
        """Return the construction as code."""
        del operator, dtype
        return (
            f"{self.layer}({', '.join(f'{name}={value!r}' for name, value in self.options.items())}).{self.parameter}"
        )
