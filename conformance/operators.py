"""A backend's operators as a namespace, for cards and laws that compose them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from adapters.contract import Backend, Native


class Operators:
    """A backend's operators as a namespace; each call's output is kept in ``trace``."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.trace: list[tuple[str, Native]] = []

    def __getattr__(self, name: str) -> Callable[..., Native]:
        operator = self._backend.operator(name)

        def call(*arguments: Native, **options: Any) -> Native:
            output = operator(*arguments, **options)
            self.trace.append((name, output))
            return output

        return call
