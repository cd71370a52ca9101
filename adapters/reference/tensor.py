"""The tensor: an array, and its place on the tape.

Here is only what a tensor *is*. What can be done with one (``add``, ``view``, ``backward`` ...) lives in
``arithmetic/``, ``autograd/`` and ``operators/``, each function beside its derivative; :func:`method` makes a function
of those files a method of :class:`Tensor`.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from adapters.reference.autograd.mode import RECORDING
from adapters.reference.device import CPU, Device
from adapters.reference.dtype import DType, dtype_of
from adapters.reference.size import Size
from adapters.reference.text import tensor_text

if TYPE_CHECKING:
    import weakref

    from adapters.reference.dtype import Array

Operation = TypeVar("Operation", bound=Callable[..., Any])


class VersionCounter:
    """How often the memory of a tensor, and of the views that share it, was changed in place."""

    __slots__ = ("value",)

    def __init__(self) -> None:
        self.value = 0


class Tensor:
    """A multi-dimensional array of one type that may take part in a recorded computation.

    Attributes:
        array: The elements. Views share memory with their base, as NumPy's views do.
        tracked: Whether operations on the tensor are recorded; what ``requires_grad`` reads.
        node: The function that made the tensor, ``None`` for a leaf; what ``grad_fn`` reads.
        output_index: Which of the node's outputs the tensor is.
        counter: Counts changes in place; shared with views and with ``detach()``, not with ``data``.
        base: The tensor that this one is a view of, ``None`` otherwise.
        chain: The view functions, with their options, that lead from ``base`` to this tensor; ``None`` for a view
            that was made while recording was off.
        base_node: The node of ``base`` when ``node`` was made, which tells a stale ``node``.
        stored_grad: What ``grad`` reads.
        accumulator: Weak reference to the leaf's ``AccumulateGrad`` node, while a graph holds one.
        hooks: Functions that see, and may replace, the gradient of the tensor; ``None`` while there are none.
        hooks_after: Functions called after a gradient was added to ``stored_grad``; ``None`` while there are none.
        inference: Whether it was made in inference mode, and so cannot be saved for a backward pass.
        retains: Whether ``retain_grad`` was called.
    """

    __slots__ = (
        "__dict__",
        "__weakref__",
        "accumulator",
        "array",
        "base",
        "base_node",
        "chain",
        "counter",
        "hooks",
        "hooks_after",
        "inference",
        "node",
        "output_index",
        "retains",
        "stored_grad",
        "tracked",
    )
    __array_priority__ = 1000  # an ndarray on the left of an operator leaves the operation to the tensor

    array: Array
    tracked: bool
    node: Any
    base: Tensor | None
    chain: tuple[tuple[Any, tuple[Any, ...]], ...] | None
    stored_grad: Tensor | None
    accumulator: weakref.ref[Any] | None
    hooks: list[Any] | None
    hooks_after: dict[int, Any] | None

    if TYPE_CHECKING:  # the methods that other files add

        def __getattr__(self, name: str) -> Any: ...

    def __init__(self, data: Any = ()) -> None:
        self.adopt(np.array(data.array if isinstance(data, Tensor) else data, dtype=np.float32))

    def adopt(self, array: Array) -> None:
        """Become a new leaf that does not require gradients and whose elements are ``array``, not copied."""
        self.array = array
        self.tracked = False
        self.node = None
        self.output_index = 0
        self.counter = VersionCounter()
        self.base = None
        self.chain = None
        self.base_node = None
        self.stored_grad = None
        self.accumulator = None
        self.hooks = None
        self.hooks_after = None
        self.retains = False
        self.inference = RECORDING.inference

    @property
    def shape(self) -> Size:
        """The sizes of the dimensions."""
        return Size(self.array.shape)

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return self.array.ndim

    @property
    def dtype(self) -> DType:
        """The type of the elements."""
        return dtype_of(self.array.dtype)

    @property
    def device(self) -> Device:
        """Where the elements are: always the CPU."""
        return CPU

    @property
    def data(self) -> Tensor:
        """The same elements off the tape: changes made through it are not noticed by ``backward``."""
        return wrap(self.array)

    @data.setter
    def data(self, value: Tensor) -> None:
        if not isinstance(value, Tensor):
            raise TypeError(f"data: expected a Tensor, not {value!r}")
        self.array = value.array

    @property
    def grad(self) -> Tensor | None:
        """The gradient that ``backward`` accumulated here; ``None`` before the first and after ``zero_grad``."""
        if self.node is not None and self.stored_grad is None and not self.retains:
            warnings.warn(
                "reading .grad of a tensor that is not a leaf: backward() leaves it None. Call retain_grad() before "
                "backward(), or read .grad of the leaf that you meant",
                UserWarning,
                stacklevel=2,
            )
        return self.stored_grad

    @grad.setter
    def grad(self, value: Tensor | None) -> None:
        if value is not None:
            if not isinstance(value, Tensor):
                raise TypeError(f"grad: expected a Tensor or None, not {value!r}")
            if value.array.shape != self.array.shape:
                raise RuntimeError(f"grad: expected the tensor's shape {tuple(self.shape)}, not {tuple(value.shape)}")
            if value.array.dtype != self.array.dtype:
                raise RuntimeError(f"grad: expected the tensor's dtype {self.dtype}, not {value.dtype}")
        self.stored_grad = value

    def __repr__(self) -> str:
        return tensor_text(self)

    __hash__ = object.__hash__


def wrap(array: Array) -> Tensor:
    """Return a leaf that does not require gradients and shares memory with ``array``."""
    tensor = Tensor.__new__(Tensor)
    tensor.adopt(array if type(array) is np.ndarray else np.asarray(array))
    return tensor


def method(*names: str) -> Callable[[Operation], Operation]:
    """Make a function whose first argument is a tensor a method of :class:`Tensor`, under each of ``names``."""

    def decorate(operation: Operation) -> Operation:
        for name in names:
            install(name, operation)
        return operation

    return decorate


def attribute(name: str) -> Callable[[Operation], Operation]:
    """Make a function of one tensor a read-only property of :class:`Tensor`."""

    def decorate(operation: Operation) -> Operation:
        install(name, property(operation))
        return operation

    return decorate


def install(name: str, value: Any) -> None:
    """Add a method or property to :class:`Tensor`.

    Raises:
        RuntimeError: There is one of that name.
    """
    if name in vars(Tensor):
        raise RuntimeError(f"Tensor.{name} is defined twice; the second definition is {value!r}")
    setattr(Tensor, name, value)
