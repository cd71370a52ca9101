"""Random numbers: one seeded generator for all that is drawn."""

from __future__ import annotations

from typing import Any

import numpy as np

from adapters.reference.autograd.inplace import refuse_leaf, store
from adapters.reference.creation import zeros, zeros_like
from adapters.reference.device import Device, require_cpu
from adapters.reference.dtype import FLOATING, Array
from adapters.reference.tensor import Tensor, method, wrap

__all__ = [
    "Generator",
    "initial_seed",
    "manual_seed",
    "rand",
    "rand_like",
    "randint",
    "randn",
    "randn_like",
    "randperm",
]


class Generator:
    """A stream of random numbers, at first from the system's entropy.

    Args:
        device: The CPU; there is no other.
    """

    def __init__(self, device: Device | str | None = None) -> None:
        require_cpu(device)
        self.manual_seed(int(np.random.SeedSequence().generate_state(1)[0]))

    def manual_seed(self, seed: int) -> Generator:
        """Start the stream anew from ``seed`` and return the generator."""
        self._seed = int(seed)
        self.stream = np.random.Generator(np.random.PCG64(self._seed % 2**64))
        return self

    def initial_seed(self) -> int:
        """Return the seed that the stream started from."""
        return self._seed


default_generator = Generator()


def manual_seed(seed: int) -> Generator:
    """Seed the generator that everything draws from where none is given; return it."""
    return default_generator.manual_seed(seed)


def initial_seed() -> int:
    """Return the seed of the default generator."""
    return default_generator.initial_seed()


def _stream(generator: Generator | None) -> np.random.Generator:
    return (default_generator if generator is None else generator).stream


def _normal(shape: tuple[int, ...], generator: Generator | None) -> Array:
    return np.asarray(_stream(generator).standard_normal(shape))


def _uniform(shape: tuple[int, ...], generator: Generator | None, dtype: Any) -> Array:
    """Return uniform numbers from [0, 1): rounding to a shorter type must not give 1."""
    if dtype == np.float64:
        return np.asarray(_stream(generator).random(shape))
    bits = 24 if dtype == np.float32 else 8
    return np.asarray(_stream(generator).integers(0, 2**bits, shape)) / 2.0**bits


def randn(*size: Any, generator: Generator | None = None, **options: Any) -> Tensor:
    """Return independent numbers from the standard normal distribution."""
    return _drawn(zeros(*size, **options), generator, uniform=False)


def rand(*size: Any, generator: Generator | None = None, **options: Any) -> Tensor:
    """Return independent numbers from the uniform distribution on [0, 1)."""
    return _drawn(zeros(*size, **options), generator, uniform=True)


def randn_like(input: Tensor, *, generator: Generator | None = None, **options: Any) -> Tensor:
    """Return standard normal numbers of the shape and dtype of ``input``."""
    return _drawn(zeros_like(input, **options), generator, uniform=False)


def rand_like(input: Tensor, *, generator: Generator | None = None, **options: Any) -> Tensor:
    """Return uniform numbers on [0, 1) of the shape and dtype of ``input``."""
    return _drawn(zeros_like(input, **options), generator, uniform=True)


def randint(
    low: int, high: int | Any, size: Any = None, *, generator: Generator | None = None, **options: Any
) -> Tensor:
    """Return integers from ``low`` to ``high - 1``; ``randint(high, size)`` starts from 0."""
    if size is None:
        low, high, size = 0, low, high
    drawn = wrap(np.asarray(_stream(generator).integers(low, high, tuple(size))))
    return drawn if options.get("dtype") is None else drawn.to(options["dtype"])


def randperm(n: int, *, generator: Generator | None = None) -> Tensor:
    """Return the numbers from 0 to ``n - 1`` in random order."""
    return wrap(_stream(generator).permutation(n))


def _drawn(tensor: Tensor, generator: Generator | None, *, uniform: bool) -> Tensor:
    if tensor.dtype.category != FLOATING:
        raise NotImplementedError(f"expected a floating point dtype to draw, not {tensor.dtype}")
    shape = tensor.array.shape
    drawn = _uniform(shape, generator, tensor.array.dtype) if uniform else _normal(shape, generator)
    tensor.array[...] = drawn.astype(tensor.array.dtype)
    return tensor


@method("uniform_")
def uniform_(self: Tensor, low: float = 0.0, high: float = 1.0, *, generator: Generator | None = None) -> Tensor:
    """Fill in place with numbers from the uniform distribution on [low, high)."""
    refuse_leaf(self)
    if low > high:
        raise RuntimeError(f"uniform_: expected low <= high, not {low} and {high}")
    store(self, low + (high - low) * _uniform(self.array.shape, generator, self.array.dtype))
    return self


@method("normal_")
def normal_(self: Tensor, mean: float = 0.0, std: float = 1.0, *, generator: Generator | None = None) -> Tensor:
    """Fill in place with numbers from the normal distribution."""
    refuse_leaf(self)
    if std < 0:
        raise RuntimeError(f"normal_: expected std >= 0, not {std}")
    store(self, mean + std * _normal(self.array.shape, generator))
    return self
