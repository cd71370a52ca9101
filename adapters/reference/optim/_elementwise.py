"""What the optimizers share whose update treats every element alike: the walk over parameters, and option checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from adapters.reference.autograd.mode import no_grad
from adapters.reference.dtype import Array, is_half
from adapters.reference.optim.optimizer import Closure, Optimizer, loss_of
from adapters.reference.tensor import Tensor, wrap

COMPATIBLE = ("foreach", "capturable", "differentiable", "fused")
"""Options about how a step is run, which change no number."""


class ElementwiseOptimizer(Optimizer):
    """An optimizer whose subclass says in :meth:`update` what becomes of one parameter.

    Args:
        params: As of :class:`Optimizer`.
        options: The subclass's options.
        compatible: Options about how a step is run; taken, and without effect.

    Raises:
        TypeError: An option that there is not.
        NotImplementedError: ``differentiable=True``: the step is not recorded.
    """

    def __init__(self, params: Iterable[Any], options: Mapping[str, Any], compatible: Mapping[str, Any]) -> None:
        name = type(self).__name__
        unknown = sorted(set(compatible) - set(COMPATIBLE))
        if unknown:
            raise TypeError(f"{name}: expected options among {', '.join(options)}, not {', '.join(unknown)}")
        if compatible.get("differentiable"):
            raise NotImplementedError(f"{name}: differentiable=True: the reference backend does not record the step")
        super().__init__(params, {**options, **dict.fromkeys(COMPATIBLE), **compatible})

    @no_grad()
    def step(self, closure: Closure | None = None) -> Any:
        """Change every parameter that has a gradient once; return the closure's loss, or None."""
        loss = loss_of(closure)
        with np.errstate(all="ignore"):
            for group in self.param_groups:
                for parameter in group["params"]:
                    if parameter.stored_grad is not None:
                        self._move(parameter, parameter.stored_grad.array, group)
        return loss

    def _move(self, parameter: Tensor, gradient: Array, group: dict[str, Any]) -> None:
        p = parameter.array
        wide = np.float32 if is_half(p.dtype) else p.dtype
        g = -gradient.astype(wide) if group["maximize"] else gradient.astype(wide)
        state = self.state[parameter]
        state["step"] = state.get("step", 0) + 1
        kept = _Kept(state, p.dtype, wide)
        p[...] = self.update(p.astype(wide), g, kept, group)
        parameter.counter.value += 1

    def update(self, p: Array, g: Array, kept: _Kept, group: dict[str, Any]) -> Array:
        """Return the parameter ``p`` after one step along its gradient ``g``.

        Args:
            p: The parameter; not to be changed.
            g: Its gradient, negated already under ``maximize``.
            kept: The arrays that are kept between steps.
            group: The options.
        """
        raise NotImplementedError(f"{type(self).__name__} must define update()")


class _Kept:
    """The arrays that an optimizer keeps for one parameter between steps, held as tensors in its state."""

    def __init__(self, state: dict[str, Any], dtype: np.dtype[Any], wide: Any) -> None:
        self._state = state
        self._dtype = dtype
        self._wide = wide

    @property
    def step(self) -> int:
        """The number of this step, from 1."""
        return int(self._state["step"])

    def __contains__(self, name: str) -> bool:
        return name in self._state

    def __getitem__(self, name: str) -> Array:
        held: Array = self._state[name].array.astype(self._wide)
        return held

    def __setitem__(self, name: str, array: Array) -> None:
        self._state[name] = wrap(np.array(array, dtype=self._dtype))

    def get(self, name: str, otherwise: Array) -> Array:
        """Return the array called ``name``, or ``otherwise`` before there is one."""
        held = self._state.get(name)
        return otherwise if held is None else held.array.astype(self._wide)

    def number(self, name: str, otherwise: float) -> float:
        """Return the number called ``name``, or ``otherwise``."""
        return float(self._state.get(name, otherwise))

    def set_number(self, name: str, value: float) -> None:
        """Keep a number."""
        self._state[name] = value


def blend(old: Array, new: Array, weight: float) -> Array:
    """Return weight * old + (1 - weight) * new."""
    return weight * old + (1 - weight) * new


def require_at_least_zero(name: str, **options: float) -> None:
    """Raise where an option is negative or NaN.

    Raises:
        ValueError: One is.
    """
    for option, value in options.items():
        if not float(value) >= 0.0:
            raise ValueError(f"{name}: {option}: expected 0 or more, not {value!r}")


def require_betas(name: str, betas: tuple[float, float]) -> None:
    """Raise unless both betas are from 0 to 1, 1 not included.

    Raises:
        ValueError: One is not.
    """
    for place, beta in enumerate(betas):
        if not 0.0 <= float(beta) < 1.0:
            raise ValueError(f"{name}: betas[{place}]: expected at least 0 and less than 1, not {beta!r}")
