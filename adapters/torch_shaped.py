"""Backends shaped like torch: everything that the suite asks for, derived from the framework's own namespace."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from adapters.contract import (
    SCHEDULED_MOMENTUM,
    Array,
    Backend,
    Native,
    Optimizer,
    Schedule,
    Scheduler,
    Sublayer,
    Unsupported,
)


class TorchShapedBackend(Backend):
    """A framework with ``tensor``, ``nn``, ``nn.functional`` and ``optim`` as torch has them.

    A subclass gives :meth:`namespace` and :meth:`describe`; :meth:`from_numpy` and :meth:`to_numpy` where tensors are
    not made and read as torch's are.
    """

    def from_numpy(self, array: Array) -> Native:
        """Return ``namespace().from_numpy`` of a copy."""
        return self.namespace().from_numpy(np.array(array, order="C"))

    def to_numpy(self, native: Native) -> Array:
        """Return ``native.detach().numpy()``."""
        return np.asarray(native.detach().numpy())

    def operator(self, name: str) -> Callable[..., Native]:
        """Return the function of ``nn.functional``, of the namespace or of ``nn.utils.rnn``, else the method."""
        torch = self.namespace()
        sequences = getattr(getattr(torch.nn, "utils", None), "rnn", None)
        for place in (torch.nn.functional, torch, sequences):
            function = getattr(place, name, None)
            if callable(function):
                return function  # type: ignore[no-any-return]
        if callable(getattr(torch.Tensor, name, None)):
            return lambda input, **options: getattr(input, name)(*options.values())  # methods name no arguments
        raise Unsupported(name)

    def seed(self, seed: int) -> None:
        """Call ``manual_seed``, if there is one."""
        start = getattr(self.namespace(), "manual_seed", None)
        if start is not None:
            start(seed)

    def vjp(
        self, function: Callable[..., Native], inputs: Sequence[Native], cotangent: Native | tuple[Native, ...]
    ) -> tuple[Native, Sequence[Native]]:
        """Record ``function`` on the tape and take it back from ``cotangent``; no gradient counts as zero."""
        leaves = [native.detach().requires_grad_() for native in inputs]
        output = function(*leaves)
        if isinstance(output, tuple):
            self.namespace().autograd.backward(output, cotangent)
        else:
            output.backward(cotangent)
        zeros = [self.from_numpy(np.zeros_like(self.to_numpy(leaf))) if leaf.grad is None else None for leaf in leaves]
        return output, [leaf.grad if zero is None else zero for leaf, zero in zip(leaves, zeros, strict=True)]

    def second_vjp(
        self, function: Callable[..., Native], inputs: Sequence[Native], cotangent: Native, weights: Sequence[Native]
    ) -> Sequence[Native]:
        """Record ``function`` and its backward pass, and take both back; no gradient counts as zero."""
        grad = self.namespace().autograd.grad
        leaves = [native.detach().requires_grad_() for native in inputs]
        try:
            products = grad(function(*leaves), leaves, cotangent, create_graph=True, allow_unused=True)
        except NotImplementedError as error:  # the framework's own way to say that it does not offer it
            raise Unsupported(f"second derivatives: {error}") from error
        recorded = [
            (product, weight)
            for product, weight in zip(products, weights, strict=True)
            if product is not None and product.requires_grad
        ]
        found: Sequence[Native] = [None] * len(leaves)
        if recorded:
            starts, weighed = [product for product, _ in recorded], [weight for _, weight in recorded]
            found = grad(starts, leaves, weighed, allow_unused=True)
        return [
            self.from_numpy(np.zeros_like(self.to_numpy(leaf))) if one is None else one
            for one, leaf in zip(found, leaves, strict=True)
        ]

    def layer(
        self,
        name: str,
        options: Mapping[str, Any],
        state: Mapping[str, Array],
        dtype: str,
        *,
        training: bool = True,
    ) -> Callable[..., Native]:
        """Construct ``nn.<name>``, convert it to ``dtype``, load ``state`` over its own and set the mode."""
        module = self._constructed(name, options).to(getattr(self.namespace(), dtype))
        given = {key: self.from_numpy(array) for key, array in state.items()}
        module.load_state_dict({**module.state_dict(), **given}, strict=True)
        return self.place(module).train(training)  # type: ignore[no-any-return]

    def _constructed(self, name: str, options: Mapping[str, Any]) -> Any:
        """Return a module, those among its options made before it."""
        constructor = getattr(self.namespace().nn, name, None)
        if constructor is None:
            raise Unsupported(f"nn.{name}")
        own = {
            option: self._constructed(value.name, value.options) if isinstance(value, Sublayer) else value
            for option, value in options.items()
        }
        return constructor(**own)

    def layer_state(self, layer: Callable[..., Native]) -> Mapping[str, Array]:
        """Return the module's ``state_dict``."""
        return {key: self.to_numpy(value) for key, value in layer.state_dict().items()}  # type: ignore[attr-defined]

    def layer_vjp(
        self,
        layer: Callable[..., Native],
        function: Callable[..., Native],
        inputs: Sequence[Native],
        cotangent: Native | tuple[Native, ...],
    ) -> tuple[Native, Sequence[Native], Mapping[str, Array]]:
        """Record ``function``, take it back, and read ``grad`` of the module's parameters; none counts as zero."""
        output, products = self.vjp(function, inputs, cotangent)
        found = {
            name: np.zeros_like(self.to_numpy(one)) if one.grad is None else self.to_numpy(one.grad)
            for name, one in layer.named_parameters()  # type: ignore[attr-defined]
        }
        return output, products, found

    def place(self, module: Any) -> Any:
        """Return ``module`` where the backend computes; a device backend moves it there."""
        return module

    def optimizer(self, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> Optimizer:
        """Construct ``optim.<name>`` over parameters with the given values."""
        constructor = getattr(self.namespace().optim, name, None)
        if constructor is None:
            raise Unsupported(f"optim.{name}")
        return _TorchShapedOptimizer(self, constructor, groups, options)

    def scheduler(self, name: str, rates: Sequence[float], options: Mapping[str, Any]) -> Scheduler:
        """Construct ``optim.lr_scheduler.<name>`` over an SGD of as many groups as there are rates."""
        if not hasattr(self.namespace().optim, "lr_scheduler"):
            raise Unsupported("optim.lr_scheduler")
        return _TorchShapedScheduler(self, name, rates, options)

    def clipped(
        self, name: str, gradients: Sequence[Array], options: Mapping[str, Any]
    ) -> tuple[Array | None, Sequence[Array]]:
        """Call ``nn.utils.<name>`` on parameters of ones with the given gradients, or on the tensors themselves."""
        torch = self.namespace()
        function = getattr(getattr(torch.nn, "utils", None), name, None)
        if function is None:
            raise Unsupported(f"nn.utils.{name}")
        given = dict(options)
        if "total_norm" in given:
            given["total_norm"] = self.from_numpy(np.asarray(given["total_norm"], dtype=gradients[0].dtype))
        if name == "get_total_norm":  # the one function that takes the tensors, not what has them for gradients
            tensors = [self.from_numpy(gradient) for gradient in gradients]
            return self.to_numpy(function(tensors, **given)), [self.to_numpy(tensor) for tensor in tensors]
        parameters = [torch.nn.Parameter(self.from_numpy(np.ones_like(gradient))) for gradient in gradients]
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter.grad = self.from_numpy(gradient)
        result = function(parameters, **given)
        norm = None if result is None else self.to_numpy(result)
        return norm, [self.to_numpy(parameter.grad) for parameter in parameters]

    def initializer(self, name: str, array: Array, options: Mapping[str, Any], seed: int) -> Array:
        """Fill a tensor by ``nn.init.<name>``, in place."""
        torch = self.namespace()
        function = getattr(getattr(torch.nn, "init", None), name, None)
        if function is None:
            raise Unsupported(f"nn.init.{name}")
        torch.manual_seed(seed)
        tensor = self.from_numpy(array)
        function(tensor, **options)
        return self.to_numpy(tensor)

    def gain(self, nonlinearity: str, parameter: float | None = None) -> float:
        """Return ``nn.init.calculate_gain``."""
        function = getattr(getattr(self.namespace().nn, "init", None), "calculate_gain", None)
        if function is None:
            raise Unsupported("nn.init.calculate_gain")
        return float(function(nonlinearity) if parameter is None else function(nonlinearity, parameter))

    def initial_state(self, name: str, options: Mapping[str, Any], seed: int) -> Mapping[str, Array]:
        """Construct ``nn.<name>`` and return its ``state_dict``."""
        self.seed(seed)
        return self.layer_state(self._constructed(name, options))


class _TorchShapedScheduler:
    """A learning-rate schedule of a torch-shaped framework, over an optimizer made for it."""

    def __init__(
        self, backend: TorchShapedBackend, name: str, rates: Sequence[float], options: Mapping[str, Any]
    ) -> None:
        torch = backend.namespace()
        self._made_of = (backend, name, rates, options)
        groups = [{"params": [torch.nn.Parameter(backend.from_numpy(np.ones(1)))], "lr": rate} for rate in rates]
        self._optimizer = torch.optim.SGD(groups, lr=1.0)
        for group in self._optimizer.param_groups:
            if "momentum" in group:  # an SGD may offer none
                group["momentum"] = SCHEDULED_MOMENTUM
        self._place = torch.optim.lr_scheduler
        self._scheduler = self._made(name, options)

    def _made(self, name: str, options: Mapping[str, Any]) -> Any:
        constructor = getattr(self._place, name, None)
        if constructor is None:
            raise Unsupported(f"lr_scheduler.{name}")
        own = {option: self._resolved(value) for option, value in options.items()}
        if name == "ChainedScheduler":  # the one schedule that takes no optimizer first
            return constructor(own.pop("schedulers"), **own)
        return constructor(self._optimizer, **own)

    def _resolved(self, value: Any) -> Any:
        if isinstance(value, Schedule):
            return self._made(value.name, value.options)
        return [self._resolved(one) for one in value] if isinstance(value, (tuple, list)) else value

    def rates(self) -> Sequence[float]:
        """Return the rates in the optimizer's groups."""
        return [float(group["lr"]) for group in self._optimizer.param_groups]

    def last_rates(self) -> Sequence[float]:
        """Return the schedule's ``get_last_lr()``."""
        return [float(rate) for rate in self._scheduler.get_last_lr()]

    def momenta(self) -> Sequence[float]:
        """Return the momenta in the optimizer's groups."""
        return [float(group["momentum"]) for group in self._optimizer.param_groups]

    def resumed(self) -> _TorchShapedScheduler:
        """Make optimizer and schedule anew, then load the states: making a schedule overwrites rates."""
        other = _TorchShapedScheduler(*self._made_of)
        other._optimizer.load_state_dict(self._optimizer.state_dict())
        other._scheduler.load_state_dict(self._scheduler.state_dict())
        return other

    def step(self, metric: float | None = None) -> None:
        """Take a step of the optimizer, then of the schedule."""
        self._optimizer.step()
        if metric is None:
            self._scheduler.step()
        else:
            self._scheduler.step(metric)


class _TorchShapedOptimizer:
    """An optimizer of a torch-shaped framework, fed with arrays."""

    def __init__(
        self,
        backend: TorchShapedBackend,
        constructor: Callable[..., Any],
        groups: Sequence[Mapping[str, Any]],
        options: Mapping[str, Any],
    ) -> None:
        self._backend = backend
        self._made_of = (constructor, groups, options)
        parameter = backend.namespace().nn.Parameter
        own = [{**group, "params": [parameter(backend.from_numpy(a)) for a in group["params"]]} for group in groups]
        self._parameters = [p for group in own for p in group["params"]]
        self._optimizer = constructor(own, **options)

    def step(self, gradients: Sequence[Array | None]) -> Sequence[Array]:
        """Set the gradients, take one step and return the parameters."""
        for parameter, gradient in zip(self._parameters, gradients, strict=True):
            parameter.grad = None if gradient is None else self._backend.from_numpy(gradient)
        self._optimizer.step()
        return [np.array(self._backend.to_numpy(parameter)) for parameter in self._parameters]

    def resumed(self) -> _TorchShapedOptimizer:
        """Make the optimizer anew over copies of the parameters, and load the state."""
        constructor, groups, options = self._made_of
        arrays = (np.array(self._backend.to_numpy(parameter)) for parameter in self._parameters)
        copies = [{**group, "params": [next(arrays) for _ in group["params"]]} for group in groups]
        other = _TorchShapedOptimizer(self._backend, constructor, copies, options)
        other._optimizer.load_state_dict(self._optimizer.state_dict())
        return other
