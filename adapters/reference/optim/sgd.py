"""SGD: gradient descent with momentum.

The definition is that of torch's documentation. With gradient g, parameter p, buffer b and the step t from 1:

    g = -g                              if maximize
    g = g + weight_decay p
    b = g                               if t = 1
    b = momentum b + (1 - dampening) g  otherwise
    g = g + momentum b                  if nesterov
    g = b                               with momentum, otherwise
    p = p - lr g
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from adapters.reference.arithmetic._shared import number_array
from adapters.reference.autograd.mode import no_grad
from adapters.reference.dtype import Array, is_half
from adapters.reference.optim.optimizer import Closure, Optimizer, loss_of
from adapters.reference.tensor import Tensor, wrap

__all__ = ["SGD"]


class SGD(Optimizer):
    """Gradient descent, with momentum, dampening, Nesterov's form and weight decay.

    Args:
        params: As of :class:`Optimizer`.
        lr: Step length, 0 or more.
        momentum: Share of the last step's direction that is kept, 0 or more.
        dampening: Share of the gradient that does not enter the direction.
        weight_decay: Factor of the parameter that is added to its gradient, 0 or more.
        nesterov: Look ahead along the new direction. Needs momentum, and no dampening.
        maximize: Go up and not down.
        foreach: Taken for compatibility: how the loop over parameters is run changes no number.
        differentiable: Not offered.
        fused: Taken for compatibility, as ``foreach``.

    Raises:
        ValueError: An option is out of its range.
        RuntimeError: Options that exclude each other.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float | Tensor = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float = 0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        if isinstance(lr, Tensor) and lr.numel() != 1:
            raise ValueError(f"SGD: lr: expected a number or a tensor of one element, not shape {tuple(lr.shape)}")
        for name, value in (("lr", lr), ("momentum", momentum), ("weight_decay", weight_decay)):
            if not float(value) >= 0.0:
                raise ValueError(f"SGD: {name}: expected 0 or more, not {value!r} (invalid {name} value)")
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError(
                f"SGD: nesterov: expected a momentum above 0 and zero dampening, not {momentum!r} and {dampening!r}"
            )
        if differentiable:
            raise NotImplementedError("SGD: differentiable=True: the reference backend does not record the step")
        if fused and foreach:
            raise RuntimeError("SGD: expected at most one of fused and foreach to be True, not both")
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "dampening": dampening,
            "weight_decay": weight_decay,
            "nesterov": nesterov,
            "maximize": maximize,
            "foreach": foreach,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)

    @no_grad()
    def step(self, closure: Closure | None = None) -> Any:
        """Change every parameter that has a gradient once.

        Args:
            closure: Computes the loss anew, with its gradients, and returns it.

        Returns:
            The loss, ``None`` without ``closure``.
        """
        loss = loss_of(closure)
        with np.errstate(all="ignore"):
            for group in self.param_groups:
                for parameter in group["params"]:
                    if parameter.stored_grad is not None:
                        self._update(parameter, group)
        return loss

    def _update(self, parameter: Tensor, group: dict[str, Any]) -> None:
        p = parameter.array
        gradient = parameter.stored_grad
        assert gradient is not None
        g = gradient.array.astype(np.float32) if is_half(p.dtype) else gradient.array
        if group["maximize"]:
            g = -g
        if group["weight_decay"] != 0:
            g = g + p * number_array(group["weight_decay"], p.dtype)
        if group["momentum"] != 0:
            g = self._direction(parameter, g, group)
        p -= (g * number_array(float(group["lr"]), p.dtype)).astype(p.dtype, copy=False)
        parameter.counter.value += 1

    def _direction(self, parameter: Tensor, g: Array, group: dict[str, Any]) -> Array:
        """Return the gradient with its momentum, and keep the new buffer."""
        momentum = number_array(group["momentum"], g.dtype)
        state = self.state[parameter]
        held = state.get("momentum_buffer")
        if held is None:
            held = state["momentum_buffer"] = wrap(g.astype(parameter.array.dtype))
        else:
            new = g * number_array(1 - group["dampening"], g.dtype)
            new += momentum * held.array
            held.array[...] = new
            held.counter.value += 1
        buffer: Array = held.array
        return g + momentum * buffer if group["nesterov"] else buffer
