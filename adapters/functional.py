"""Backends of functional frameworks: operators as plain functions of arrays, and a way to differentiate them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from adapters.contract import Backend, Native, Unsupported


class FunctionalBackend(Backend):
    """A framework of functions. Each operator that it offers is a method of the subclass, named as torch names it.

    A method lists exactly the arguments that the framework offers: a check that needs another one is unsupported, by
    the argument's name, without a word from the adapter::

        def relu(self, input):
            return framework.maximum(input, 0)
    """

    def operator(self, name: str) -> Callable[..., Native]:
        """Return the method called ``name``, guarded against options that it does not list."""
        method = getattr(self, name, None)
        if name.startswith("_") or name in _CONTRACT or not callable(method):
            raise Unsupported(name)
        return _guarded(name, method)

    def second_vjp(
        self, function: Callable[..., Native], inputs: Sequence[Native], cotangent: Native, weights: Sequence[Native]
    ) -> Sequence[Native]:
        """Return :meth:`vjp` of :meth:`vjp`, which a functional framework can differentiate like any other function."""
        parts = []
        for position, weight in enumerate(weights):

            def product(*varied: Native, position: int = position) -> Native:
                return self.vjp(function, varied, cotangent)[1][position]

            parts.append(self.vjp(product, inputs, weight)[1])
        return [sum(every[1:], start=every[0]) for every in zip(*parts, strict=True)]


_CONTRACT = frozenset(name for name in dir(Backend) if not name.startswith("_"))


def _guarded(name: str, method: Callable[..., Native]) -> Callable[..., Native]:
    parameters = inspect.signature(method).parameters.values()
    open_ended = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters)
    known = {parameter.name for parameter in parameters}
    most = sum(
        parameter.kind in {parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD} for parameter in parameters
    )

    def call(*arguments: Any, **options: Any) -> Native:
        unknown = [] if open_ended else [option for option in options if option not in known]
        if unknown:
            raise Unsupported(f"{name}: {', '.join(f'{option}=' for option in unknown)}")
        given = list(arguments)
        while len(given) > most and given[-1] is None:  # an optional array that is left out anyway
            given.pop()
        if len(given) > most:
            raise Unsupported(f"{name}: {len(given)} array arguments, where {most} are offered")
        return method(*given, **options)

    return call
