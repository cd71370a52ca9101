"""torch's optimizers as those of ``tinygrad.nn.optim``, one for each parameter group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from tinygrad import Context, Tensor
from tinygrad.nn import optim, state

from adapters.contract import Array, Unsupported
from adapters.translation import lacking, names_of, options_of, renamed

_ADAM = "lr b1 b2 eps"

_OPTIMIZERS: Mapping[str, str] = {
    "Adam": _ADAM,
    "AdamW": f"{_ADAM} weight_decay",
    "SGD": "lr momentum weight_decay nesterov",
}
"""tinygrad's names of the options that it offers. Its defaults are those of torch."""


class TinygradOptimizer:
    """tinygrad's optimizers at work.

    Args:
        name: The optimizer's name in torch.
        groups: One mapping for each group, as torch takes them.
        options: The options of the optimizer itself.
    """

    def __init__(self, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> None:
        self._made_of = (name, groups, options)
        self._groups: list[tuple[Any, list[Tensor]]] = []
        for group in groups:
            parameters = [Tensor(np.asarray(array)) for array in group["params"]]
            self._groups.append((_made(name, options_of(group, options), parameters), parameters))

    def step(self, gradients: Sequence[Array | None]) -> Sequence[Array]:
        """Take one step, in which every parameter has to have a gradient."""
        lacking("a step of a parameter without a gradient", when=any(gradient is None for gradient in gradients))
        rest = iter(gradients)
        for _, parameters in self._groups:
            for parameter in parameters:
                parameter.grad = Tensor(np.asarray(next(rest)))
        with Context(TRAINING=1):
            Tensor.realize(*(tensor for optimizer, _ in self._groups for tensor in optimizer.schedule_step()))
        return [parameter.numpy() for _, parameters in self._groups for parameter in parameters]

    def resumed(self) -> TinygradOptimizer:
        """Make the optimizers anew over copies of the parameters, and load their states."""
        name, groups, options = self._made_of
        copies = [
            {**group, "params": [parameter.numpy() for parameter in parameters]}
            for group, (_, parameters) in zip(groups, self._groups, strict=True)
        ]
        other = TinygradOptimizer(name, copies, options)
        for (new, _), (old, _) in zip(other._groups, self._groups, strict=True):
            saved = {key: tensor.clone() for key, tensor in state.get_state_dict(old).items()}
            state.load_state_dict(new, saved, verbose=False)
        return other


def _made(name: str, options: Mapping[str, Any], parameters: list[Tensor]) -> Any:
    if name not in _OPTIMIZERS:
        raise Unsupported(f"optim.{name}")
    given = dict(options)
    if "betas" in given:
        given["b1"], given["b2"] = given.pop("betas")
    own = renamed(f"optim.{name}", given, names_of(_OPTIMIZERS[name]))
    with Context(DEFAULT_FLOAT=str(parameters[0].numpy().dtype)):  # of which the learning rate is kept
        return getattr(optim, name)(parameters, **own)
