"""What an adapter gives: the contract between the suite and a backend.

An adapter *translates* (layouts, argument names, dtypes) and never *repairs*: what the framework does not offer is
:class:`Unsupported`, at the finest grain; what it computes wrongly stays wrong, and shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from numpy.typing import NDArray

Array = NDArray[Any]
Native = Any
"""A value of the framework's own: whatever its operators take and return."""


class Unsupported(Exception):  # noqa: N818 - it is a statement about the framework, not an error of anybody's
    """The framework does not offer this. The text names what, as finely as can be: ``Unsupported("dampening")``."""


class Unavailable(Exception):  # noqa: N818
    """The backend cannot run here; the text says why and what would change that."""

    @classmethod
    def not_installed(cls, package: str | None, *, backend: str, extra: str) -> Unavailable:
        """Say that ``package`` is missing, and which command and which of the project's extras bring it."""
        return cls(
            f"{package} is not installed; `make report BACKEND={backend}` makes an environment for it, "
            f"and so does pip install 'nn-conformance[{extra}]'."
        )


@dataclass(frozen=True)
class Description:
    """What is under test, for the header of a run and of a report.

    Args:
        framework: The framework's name, such as ``"torch"``.
        version: Its version, as it states it.
        device: Where it computes, such as ``"cpu"`` or ``"NVIDIA H100"``.
        declarations: What the backend says of its own arithmetic, in words, such as ``{"TF32": "convolutions"}``.
        tensor_float32: The contraction kinds (``"matmul"``, ``"convolution"``) whose products round their factors to
            TF32's 11-bit significands. Their budgets widen accordingly, and the report says so.
        accumulator: For each half type, the dtype in which sums of it accumulate. ``float32`` where not given.
        scattered: For each half type, the dtype in which adds up what several elements send to one place: gradients
            of what is read more than once, windows that overlap, transposed convolution. As ``accumulator`` where not
            given. Like all that widens budgets, it belongs among the ``declarations`` too.
    """

    framework: str
    version: str
    device: str = "cpu"
    declarations: Mapping[str, str] = field(default_factory=dict)
    tensor_float32: frozenset[str] = frozenset()
    accumulator: Mapping[str, str] = field(default_factory=dict)
    scattered: Mapping[str, str] = field(default_factory=dict)


SCHEDULED_MOMENTUM = 0.75
"""The momentum of the optimizer that a schedule is made over, for a schedule that may set momenta."""


class Optimizer(Protocol):
    """One optimizer at work on arrays, without any tape: gradients in, parameters out.

    It may offer one more method, without which it saves no state, which is unsupported: ``resumed()`` returns a new
    optimizer of like groups over copies of the parameters, this one's ``state_dict()`` loaded.
    """

    def step(self, gradients: Sequence[Array | None]) -> Sequence[Array]:
        """Take one step; ``None`` for a parameter without a gradient. Return every parameter after the step."""


class Scheduler(Protocol):
    """One learning-rate schedule at work.

    It may offer more methods, what goes by a missing one being unsupported:

    - ``last_rates()`` returns what the schedule itself says of the rates: ``get_last_lr()``.
    - ``momenta()`` returns the momentum of every parameter group as it is now; before the schedule is made it is
      :data:`SCHEDULED_MOMENTUM`.
    - ``resumed()`` returns a new schedule over a new optimizer, the ``state_dict()`` of both loaded.
    """

    def rates(self) -> Sequence[float]:
        """Return the learning rate of every parameter group as it is now."""

    def step(self, metric: float | None = None) -> None:
        """Go one step on; ``metric`` is given to schedules that go by one."""


@dataclass(frozen=True)
class Schedule:
    """A schedule within another one's options: its class's name and its own options."""

    name: str
    options: Mapping[str, Any]


@dataclass(frozen=True)
class Sublayer:
    """A layer within another one's options: its class's name in ``torch.nn`` and its own options."""

    name: str
    options: Mapping[str, Any]


class Backend:
    """A framework under test. Subclass it and give what the framework offers; the rest is unsupported.

    The numeric tier needs :meth:`from_numpy`, :meth:`to_numpy` and :meth:`operator`, and :meth:`vjp` for gradients.
    The object tier needs :meth:`namespace`. An adapter of a torch-shaped framework starts from
    :class:`adapters.torch_shaped.TorchShapedBackend`, which derives everything from the namespace; an adapter of a
    functional framework starts from :class:`adapters.functional.FunctionalBackend`.
    """

    name: str = ""
    """What ``--backend`` calls it. The registry fills it in where the adapter leaves it empty."""

    dtypes: tuple[str, ...] = ("float32", "float64")
    """The floating-point types that it computes in. Checks of the others are unsupported."""

    unsupported: Mapping[str, str] = {}
    """Clauses (ids, or shell patterns over them) that the framework does not offer, each with the reason."""

    deviations: Path | tuple[Path, ...] | None = None
    """The backend's file of known deviations, if it has one, or several files where it is built on another backend
    (see adapters/README.md)."""

    def describe(self) -> Description:
        """Say what is under test. Called once a run."""
        raise NotImplementedError(f"{type(self).__name__} must say what it is: define describe()")

    def session(self) -> AbstractContextManager[Any]:
        """Return a context that every check runs in: a device, a precision, a mode of the framework."""
        return nullcontext()

    def from_numpy(self, array: Array) -> Native:
        """Return the framework's array with the values, shape and dtype of ``array``. It must not share memory."""
        raise Unsupported("from_numpy")

    def to_numpy(self, native: Native) -> Array:
        """Return ``native`` as a NumPy array, dtype unchanged (``ml_dtypes.bfloat16`` for bfloat16)."""
        raise Unsupported("to_numpy")

    def operator(self, name: str) -> Callable[..., Native]:
        """Return the operator ``name`` with the signature that ``torch.nn.functional`` documents."""
        raise Unsupported(name)

    def seed(self, seed: int) -> None:
        """Start the random numbers anew, so that the same run draws the same ones; nothing where there is no seed."""

    def vjp(
        self, function: Callable[..., Native], inputs: Sequence[Native], cotangent: Native | tuple[Native, ...]
    ) -> tuple[Native, Sequence[Native]]:
        """Return ``function(*inputs)`` and the vector-Jacobian product of ``cotangent`` for each input.

        Where ``function`` returns a tuple, ``cotangent`` is a tuple too.
        """
        raise Unsupported("vjp")

    def second_vjp(
        self, function: Callable[..., Native], inputs: Sequence[Native], cotangent: Native, weights: Sequence[Native]
    ) -> Sequence[Native]:
        """Return the gradient, for each input, of what :meth:`vjp` gives: the products' sum, weighed.

        Args:
            function: Takes ``inputs`` to one output.
            inputs: As of :meth:`vjp`.
            cotangent: As of :meth:`vjp`.
            weights: For each input, an array of its shape that its product is multiplied by before all are summed.
        """
        raise Unsupported("second derivatives")

    def layer(
        self,
        name: str,
        options: Mapping[str, Any],
        state: Mapping[str, Array],
        dtype: str,
        *,
        training: bool = True,
    ) -> Callable[..., Native]:
        """Return the layer ``torch.nn.<name>(**options)`` of ``dtype`` with ``state`` loaded, ready to be called.

        Args:
            name: The class's name.
            options: The arguments of its constructor; a :class:`Sublayer` among them is to be made first.
            state: Arrays by their documented names; those that are not given keep their initial values.
            dtype: The floating-point type of the layer.
            training: Whether the layer is in training or in evaluation mode.
        """
        raise Unsupported(name)

    def layer_state(self, layer: Callable[..., Native]) -> Mapping[str, Array]:
        """Return the state of what :meth:`layer` returned, as it is after calls, by documented names."""
        raise Unsupported("the state of layers")

    def layer_vjp(
        self,
        layer: Callable[..., Native],
        function: Callable[..., Native],
        inputs: Sequence[Native],
        cotangent: Native | tuple[Native, ...],
    ) -> tuple[Native, Sequence[Native], Mapping[str, Array]]:
        """Return what :meth:`vjp` returns for ``function``, which calls ``layer``, and the gradients of its parameters.

        Args:
            layer: What :meth:`layer` returned.
            function: Takes ``inputs`` to outputs, by way of ``layer``.
            inputs: As of :meth:`vjp`.
            cotangent: As of :meth:`vjp`.

        Returns:
            The outputs, the product for each input, and that for each parameter by its documented name.
        """
        raise Unsupported("the gradients of layers' parameters")

    def optimizer(self, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> Optimizer:
        """Return ``torch.optim.<name>`` at work on ``groups``.

        Args:
            name: The optimizer's class name.
            groups: One mapping a parameter group: ``"params"`` is a sequence of arrays, the rest its own options.
            options: The options of the optimizer itself, those that the check gives and no others.
        """
        raise Unsupported(name)

    def scheduler(self, name: str, rates: Sequence[float], options: Mapping[str, Any]) -> Scheduler:
        """Return ``torch.optim.lr_scheduler.<name>`` over an optimizer with one parameter group for each rate.

        Args:
            name: The schedule's class name.
            rates: The learning rates of the groups before the schedule is made.
            options: Its options, those that the check gives; a :class:`Schedule` among them is to be made first,
                over the same optimizer.
        """
        raise Unsupported(f"lr_scheduler.{name}")

    def clipped(
        self, name: str, gradients: Sequence[Array], options: Mapping[str, Any]
    ) -> tuple[Array | None, Sequence[Array]]:
        """Apply ``torch.nn.utils.<name>`` to parameters that have ``gradients``, or to these where it takes tensors.

        Return what it returns, None for nothing, and the gradients afterwards. A ``total_norm`` among ``options`` is
        to be a tensor.
        """
        raise Unsupported(f"nn.utils.{name}")

    def initializer(self, name: str, array: Array, options: Mapping[str, Any], seed: int) -> Array:
        """Return what ``torch.nn.init.<name>`` makes of a tensor that holds ``array``.

        Args:
            name: The initializer's name, such as ``"xavier_uniform_"``.
            array: What is there before; its shape and dtype are the tensor's.
            options: Its options, those that the check gives and no others.
            seed: Where the random numbers start, so that the same run draws the same numbers.
        """
        raise Unsupported(f"nn.init.{name}")

    def gain(self, nonlinearity: str, parameter: float | None = None) -> float:
        """Return ``torch.nn.init.calculate_gain``; ``parameter`` is not to be passed on where it is None."""
        raise Unsupported("nn.init.calculate_gain")

    def initial_state(self, name: str, options: Mapping[str, Any], seed: int) -> Mapping[str, Array]:
        """Return the float32 state of a new ``torch.nn.<name>(**options)``, by documented names.

        Args:
            name: The class's name.
            options: The arguments of its constructor.
            seed: Where the random numbers start.
        """
        raise Unsupported(f"the initial state of nn.{name}")

    def namespace(self) -> Any:
        """Return a torch-shaped namespace: ``tensor``, ``no_grad``, ``nn``, ``nn.functional``, ``optim`` ..."""
        raise Unsupported("a torch-shaped namespace")
