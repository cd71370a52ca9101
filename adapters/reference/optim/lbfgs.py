"""L-BFGS: steps along the gradient as seen by an approximate inverse Hessian (Nocedal and Wright, chapter 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from adapters.reference.autograd.mode import enable_grad, no_grad
from adapters.reference.dtype import Array
from adapters.reference.optim._elementwise import require_at_least_zero
from adapters.reference.optim._line_search import strong_wolfe
from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.tensor import Tensor, wrap

__all__ = ["LBFGS"]


class LBFGS(Optimizer):
    """L-BFGS over a single group.

    Args:
        params: As of :class:`Optimizer`, one group.
        lr: How far along the direction a step goes, or the first that a line search tries.
        max_iter: How many iterations a step makes at most.
        max_eval: How often a step calls the closure at most; 1.25 ``max_iter`` where not given.
        tolerance_grad: No iteration is made where no element of the gradient is larger.
        tolerance_change: Iterations end where parameters or loss change by less.
        history_size: How many changes of the gradient are remembered.
        line_search_fn: ``"strong_wolfe"`` or None.

    Raises:
        ValueError: There are several groups, or an option is out of its range.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1,
        max_iter: int = 20,
        max_eval: int | None = None,
        tolerance_grad: float = 1e-7,
        tolerance_change: float = 1e-9,
        history_size: int = 100,
        line_search_fn: str | None = None,
    ) -> None:
        require_at_least_zero("LBFGS", lr=lr)
        if line_search_fn not in (None, "strong_wolfe"):
            raise ValueError(f"LBFGS: line_search_fn: expected 'strong_wolfe' or None, not {line_search_fn!r}")
        options = {
            "lr": lr,
            "max_iter": max_iter,
            "max_eval": max_iter * 5 // 4 if max_eval is None else max_eval,
            "tolerance_grad": tolerance_grad,
            "tolerance_change": tolerance_change,
            "history_size": history_size,
            "line_search_fn": line_search_fn,
        }
        super().__init__(params, options)
        if len(self.param_groups) != 1:
            raise ValueError(f"LBFGS: expected one parameter group, not {len(self.param_groups)}")

    @no_grad()
    def step(self, closure: Callable[[], Any]) -> Any:  # type: ignore[override]
        """Make iterations until one of the limits; return the loss before the first."""
        group = self.param_groups[0]
        calls = 0

        def evaluate() -> tuple[Any, float, Array]:
            nonlocal calls
            calls += 1
            with enable_grad():
                loss = closure()
            return loss, float(loss), self._gradient()

        first, loss, gradient = evaluate()
        memory = self.state[group["params"][0]]
        for iteration in range(group["max_iter"]):
            if np.max(abs(gradient), initial=0) <= group["tolerance_grad"]:
                break
            direction = _direction(gradient, memory)
            slope = float(gradient @ direction)
            if slope > -group["tolerance_change"]:
                break
            length = group["lr"] * (1 if "changes" in memory else min(1.0, 1 / float(np.sum(abs(gradient)))))
            if group["line_search_fn"] is not None:
                length = self._searched(evaluate, direction, length, (loss, slope), group["max_eval"] - calls)
            else:
                self._move(direction, length)
            if iteration + 1 == group["max_iter"] and group["line_search_fn"] is None:
                break
            before, changed = loss, gradient
            _, loss, gradient = evaluate()
            _remember(memory, length * direction, gradient - changed, group["history_size"])
            if np.max(abs(length * direction)) <= group["tolerance_change"]:
                break
            if abs(loss - before) < group["tolerance_change"] or calls >= group["max_eval"]:
                break
        return first

    def _searched(
        self, evaluate: Any, direction: Array, length: float, start: tuple[float, float], calls: int
    ) -> float:
        """Move along ``direction`` by what a line search of at most ``calls`` evaluations finds."""
        moved = 0.0

        def at(trial: float) -> tuple[float, float]:
            nonlocal moved
            self._move(direction, trial - moved)
            moved = trial
            _, loss, gradient = evaluate()
            return loss, float(gradient @ direction)

        found = strong_wolfe(at, length, *start, max(calls - 1, 1))
        self._move(direction, found - moved)
        return found

    def _gradient(self) -> Array:
        return np.concatenate(
            [
                (np.zeros_like(p.array) if p.stored_grad is None else p.stored_grad.array).ravel()
                for p in self.param_groups[0]["params"]
            ]
        )

    def _move(self, direction: Array, length: float) -> None:
        begin = 0
        for parameter in self.param_groups[0]["params"]:
            end = begin + parameter.array.size
            parameter.array[...] += length * direction[begin:end].reshape(parameter.array.shape)
            parameter.counter.value += 1
            begin = end


def _direction(gradient: Array, memory: dict[str, Tensor]) -> Array:
    """Return minus the gradient times the approximate inverse Hessian, by the two loops over what is remembered."""
    if "changes" not in memory:
        return -gradient
    pairs = list(zip(memory["steps"].array, memory["changes"].array, strict=True))
    q, shares = -gradient, []
    for step, change in reversed(pairs):
        shares.append(float(step @ q) / float(step @ change))
        q = q - shares[-1] * change
    step, change = pairs[-1]
    q = q * (float(step @ change) / float(change @ change))
    for (step, change), share in zip(pairs, reversed(shares), strict=True):
        q = q + (share - float(change @ q) / float(step @ change)) * step
    return q


def _remember(memory: dict[str, Tensor], step: Array, change: Array, size: int) -> None:
    """Remember a step and the change of the gradient by it, if the function curves upwards along it."""
    if float(step @ change) <= 1e-10:
        return
    for name, new in (("steps", step), ("changes", change)):
        old = [memory[name].array] if name in memory else []
        memory[name] = wrap(np.concatenate([*old, new[np.newaxis]])[-size:])
