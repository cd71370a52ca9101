"""SGD taken apart: its documented rule in steps, each of which a fault can replace."""

from __future__ import annotations

from typing import Any

from adapters.reference.autograd.mode import enable_grad
from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.tensor import Tensor, wrap
from tests.faults._planting import Planter, attribute


class Rule:
    """The documented update. All arrays have the parameter's type; ``o`` is the parameter group."""

    def update(self, p: Any, g: Any, state: dict[str, Any], o: Any) -> Any:
        """Return the parameter after the step."""
        g = self.decayed(p, self.signed(g, o), o)
        if o["momentum"] != 0:
            g = self.with_momentum(g, state, o)
        return self.moved(p, g, o)

    def signed(self, g: Any, o: Any) -> Any:
        """Return the gradient, its sign changed for ascent."""
        return -g if o["maximize"] else g

    def decayed(self, p: Any, g: Any, o: Any) -> Any:
        """Return the gradient with weight decay."""
        return g + p * p.dtype.type(o["weight_decay"]) if o["weight_decay"] != 0 else g

    def with_momentum(self, g: Any, state: dict[str, Any], o: Any) -> Any:
        """Return the direction, and keep the new buffer."""
        held = state.get("momentum_buffer")
        new = self.first(g, o) if held is None else self.next(held.array, g, o)
        state["momentum_buffer"] = wrap(new.copy())
        return self.ahead(g, new, None if held is None else held.array, o) if o["nesterov"] else new

    def first(self, g: Any, o: Any) -> Any:
        """Return the buffer of the first step."""
        del o
        return g

    def next(self, buffer: Any, g: Any, o: Any) -> Any:
        """Return the buffer of a later step."""
        return buffer * g.dtype.type(o["momentum"]) + g * g.dtype.type(1 - o["dampening"])

    def ahead(self, g: Any, new: Any, old: Any, o: Any) -> Any:
        """Return Nesterov's direction."""
        del old
        return g + new * g.dtype.type(o["momentum"])

    def moved(self, p: Any, g: Any, o: Any) -> Any:
        """Return the parameter after a step along the direction."""
        return p - g * p.dtype.type(float(o["lr"]))


def by(rule: Rule) -> Planter:
    """Return what makes SGD follow ``rule``."""

    def step(optimizer: Optimizer, closure: Any = None) -> Any:
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        for group in optimizer.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    _update(parameter, rule, optimizer.state[parameter] if group["momentum"] else {}, group)
        return loss

    return attribute("optim.sgd:SGD.step", lambda _: step)


def _update(parameter: Tensor, rule: Rule, state: dict[str, Any], group: Any) -> None:
    gradient: Any = parameter.grad
    parameter.array[...] = rule.update(parameter.array, gradient.array, state, group)
    parameter.counter.value += 1
