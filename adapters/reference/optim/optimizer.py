"""The base class of optimizers: parameter groups, their options, and the state of each parameter."""

from __future__ import annotations

import copy
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from adapters.reference.autograd.mode import enable_grad
from adapters.reference.dtype import FLOATING
from adapters.reference.nn.module import clear_grad
from adapters.reference.tensor import Tensor


class _Required:
    """Stands in ``defaults`` for an option that every group must give."""

    def __repr__(self) -> str:
        return "<required>"


required = _Required()

Closure = Callable[[], Any]


class Optimizer:
    """Changes parameters by their gradients. A subclass defines ``step``.

    Args:
        params: Tensors, or groups: mappings of ``"params"`` to tensors and of options to values. Also (name, tensor)
            pairs, as ``named_parameters()`` gives. In an order that is the same in every run.
        defaults: The options, for groups that do not give their own.

    Raises:
        TypeError: ``params`` is a tensor, or a set, whose order changes; or has an entry that is no tensor.
        ValueError: No parameter at all; one that is not a leaf, or is in two groups; a required option is missing.
    """

    def __init__(self, params: Iterable[Any] | Tensor, defaults: dict[str, Any]) -> None:
        self.defaults = defaults
        self.state: defaultdict[Tensor, Any] = defaultdict(dict)
        self.param_groups: list[dict[str, Any]] = []
        if isinstance(params, Tensor):
            raise TypeError(f"params: expected an iterable of tensors or groups, not one tensor {params!r}")
        _refuse_set(params)
        groups: list[Any] = list(params)
        if not groups:
            raise ValueError("params: expected at least one parameter, not an empty list")
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        for group in groups:
            self.add_param_group(group)

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        """Add a group, whose options default to the optimizer's own.

        Raises:
            TypeError: It is no mapping, its parameters come as a set, or one is no tensor.
            ValueError: As for the optimizer itself.
        """
        if not isinstance(param_group, dict):
            raise TypeError(f"param_group: expected a dict, not {param_group!r}")
        given = param_group["params"]
        _refuse_set(given)
        entries: list[Any] = [given] if isinstance(given, Tensor) else list(given)
        names = _names(entries)
        parameters = entries if names is None else [parameter for _, parameter in entries]
        for parameter in parameters:
            _check_parameter(parameter)
        group = {**param_group, "params": parameters}
        if names is not None:
            group["param_names"] = names
        for name, default in self.defaults.items():
            if default is required and name not in group:
                raise ValueError(f"param_group: the option {name!r} is required and was not given")
            group.setdefault(name, default)
        if len(set(map(id, parameters))) != len(parameters):
            warnings.warn(
                "params: duplicate parameters in a group: each is changed as often as it is listed. List it once",
                UserWarning,
                stacklevel=3,
            )
        if not {id(held) for held in self._parameters()}.isdisjoint(map(id, parameters)):
            raise ValueError("params: some parameters appear in more than one parameter group")
        if self.param_groups and ("param_names" in self.param_groups[0]) != (names is not None):
            raise ValueError("params: expected names in all groups or in none")
        self.param_groups.append(group)

    def _parameters(self) -> Iterable[Tensor]:
        return chain.from_iterable(group["params"] for group in self.param_groups)

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Set the gradient of every parameter to ``None``, or to zeros."""
        for parameter in self._parameters():
            clear_grad(parameter, set_to_none=set_to_none)

    def step(self, closure: Closure | None = None) -> Any:
        """Change the parameters once. Every subclass defines it."""
        raise NotImplementedError(f"{type(self).__name__} defines no step()")

    def state_dict(self) -> dict[str, Any]:
        """Return the state of the parameters, numbered in order of the groups, and the groups with these numbers."""
        numbers = {id(parameter): number for number, parameter in enumerate(self._parameters())}
        groups = [
            {
                **{name: value for name, value in group.items() if name != "params"},
                "params": [numbers[id(parameter)] for parameter in group["params"]],
            }
            for group in self.param_groups
        ]
        state = {numbers.get(id(key), key): value for key, value in self.state.items()}
        return {"state": state, "param_groups": groups}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take state and options from a copy of what :meth:`state_dict` of an alike optimizer gave.

        Raises:
            ValueError: The groups, or the numbers of their parameters, differ.
        """
        saved = state_dict["param_groups"]
        if len(saved) != len(self.param_groups):
            raise ValueError(f"state_dict: expected {len(self.param_groups)} parameter groups, not {len(saved)}")
        for position, (own, other) in enumerate(zip(self.param_groups, saved, strict=True)):
            if len(own["params"]) != len(other["params"]):
                raise ValueError(
                    f"group {position}: expected {len(own['params'])} parameters, not {len(other['params'])}"
                )
        by_number = dict(zip(chain.from_iterable(group["params"] for group in saved), self._parameters(), strict=True))
        state: defaultdict[Any, Any] = defaultdict(dict)
        for number, value in state_dict["state"].items():
            parameter = by_number.get(number)
            state[number if parameter is None else parameter] = _copied(value, parameter)
        self.state = state
        self.param_groups = [
            _merged(own, copy.deepcopy({name: value for name, value in other.items() if name != "params"}))
            for own, other in zip(self.param_groups, saved, strict=True)
        ]

    def __repr__(self) -> str:
        texts = []
        for position, group in enumerate(self.param_groups):
            options = [f"    {name}: {group[name]}\n" for name in sorted(group) if name != "params"]
            texts.append(f"Parameter Group {position}\n{''.join(options)}")
        return f"{type(self).__name__} (\n" + "\n".join(texts) + ")"


def loss_of(closure: Closure | None) -> Any:
    """Return what ``closure``, which computes the loss and its gradients, gives; ``None`` without one."""
    if closure is None:
        return None
    with enable_grad():
        return closure()


def _refuse_set(params: Any) -> None:
    if isinstance(params, (set, frozenset)):
        raise TypeError("params: expected an ordered collection, not a set, whose order changes from run to run")


def _names(entries: list[Any]) -> list[str] | None:
    """Return the names of (name, parameter) pairs; ``None`` for bare parameters."""
    paired = [isinstance(entry, tuple) and len(entry) == 2 and isinstance(entry[0], str) for entry in entries]
    if not any(paired):
        return None
    if not all(paired):
        raise ValueError("params: expected (name, parameter) pairs throughout or not at all")
    return [name for name, _ in entries]


def _check_parameter(parameter: Any) -> None:
    if not isinstance(parameter, Tensor):
        raise TypeError(f"params: an optimizer can change Tensors only, not {parameter!r}")
    if not (parameter.is_leaf or parameter.retains):
        raise ValueError("params: expected leaf tensors: a computed (non-leaf) tensor cannot be optimized")


def _copied(value: Any, parameter: Tensor | None) -> Any:
    """Return a deep copy of a parameter's state; floating-point tensors get the parameter's dtype."""
    if isinstance(value, Tensor):
        copied = value.detach().clone()
        if parameter is not None and copied.dtype.category == FLOATING and parameter.dtype.category == FLOATING:
            copied = copied.to(parameter.dtype)
        return copied
    if isinstance(value, dict):
        return {name: _copied(item, None if name == "step" else parameter) for name, item in value.items()}
    return copy.deepcopy(value)


def _merged(own: dict[str, Any], loaded: dict[str, Any]) -> dict[str, Any]:
    group = {**loaded, "params": own["params"]}
    if "param_names" in own and "param_names" not in loaded:
        group["param_names"] = own["param_names"]
    return group
