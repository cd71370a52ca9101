"""A parameter: a tensor that a module lists and an optimizer trains."""

from __future__ import annotations

from typing import Any

from adapters.reference.autograd.properties import require_floating
from adapters.reference.creation import empty
from adapters.reference.tensor import Tensor
from adapters.reference.text import tensor_text


class Parameter(Tensor):
    """A leaf that requires gradients and that a module registers when it is assigned to an attribute.

    Args:
        data: The tensor whose memory the parameter shares; empty where not given.
        requires_grad: Whether the parameter is to be trained.
    """

    __slots__ = ()

    def __init__(self, data: Tensor | None = None, requires_grad: bool = True) -> None:
        if data is None:
            data = empty(0)
        if not isinstance(data, Tensor):
            raise TypeError(f"Parameter: data: expected a Tensor or None, not {data!r}")
        require_floating(data, requires_grad)
        self.adopt(data.array)
        self.tracked = bool(requires_grad)

    def __repr__(self) -> str:
        return "Parameter containing:\n" + tensor_text(self)


class Buffer(Tensor):
    """A tensor that a module registers as a buffer when it is assigned to an attribute.

    Args:
        data: The tensor whose memory the buffer shares.
        persistent: Whether ``state_dict`` includes it.
    """

    __slots__ = ()

    def __init__(self, data: Tensor, *, persistent: bool = True) -> None:
        self.adopt(data.array)
        self.persistent: Any = persistent
