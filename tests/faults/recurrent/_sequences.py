"""Slips that an implementer of packing and padding may make; what is built on packed sequences meets them, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from adapters.reference.tensor import Tensor
from conformance.strength import Fault
from tests.faults._planting import Planter, edited, operator, these

LAYERS = ("rnn", "lstm", "gru")


PACK = "sequences.pack_padded_sequence:pack_padded_sequence"
PAD = "sequences.pad_packed_sequence:pad_packed_sequence"

ASCENDING = edited(PACK, ('np.argsort(-given, kind="stable")', "np.argsort(given)"))
"""The shortest sequence first."""

UNSORTED = these("pack_sequence: unsorted", "pad_packed_sequence: order gradient", "unpack_sequence: order gradient")
"""What goes wrong where sequences come in another order than that of their lengths."""


def of_layers(behaviours: str) -> tuple[str, ...]:
    """Return these behaviours of every recurrent layer as clause ids."""
    return these(*(f"{card}: {behaviours}" for card in LAYERS))


def common(
    name: str, argument: str, built_on: Sequence[str] = (), *also: str, packing: str | None = None, pure: Sequence[str]
) -> tuple[Fault, ...]:
    """Return the slips of dtype, purity and gradient of ``name``, whose ``argument`` holds the numbers.

    Args:
        name: The operator.
        argument: A tensor, a list of tensors or a packed sequence.
        built_on: What is built on it.
        also: Further clauses of gradients.
        packing: What it is given packed by: there its input can be changed.
        pure: Whose inputs change with its own.
    """
    own = operator(name, lambda right, **given: _each(right(**given), lambda one: one.double()))
    scaling = operator(name, lambda right, **given: right(**{**given, argument: _each(given[argument], _halved)}))
    changing = _changing(packing or name, argument)
    return (
        Fault("float64", f"{name}.dtype", own, tuple(f"{one}.dtype" for one in built_on)),
        Fault("input-changed", f"{name}.purity", changing, tuple(f"{one}.purity" for one in pure)),
        Fault("half-of-the-gradient", f"{name}.gradient", scaling, (*(f"{one}.gradient" for one in built_on), *also)),
    )


def _changing(name: str, argument: str) -> Planter:
    taken = {"pack_padded_sequence": "input", "pack_sequence": "sequences"}.get(name, argument)

    def wrong(right: Any, **given: Any) -> Any:
        result = _each(right(**given), lambda one: one.clone())
        _each(given[taken], _doubled)
        return result

    return operator(name, wrong)


def _doubled(one: Tensor) -> Tensor:
    one.array[...] = one.array * 2
    return one


def _halved(one: Any) -> Any:
    return one * 0.5 + one.detach() * 0.5


def _each(found: Any, change: Callable[[Any], Any]) -> Any:
    """Return ``found`` with every tensor of floating-point numbers changed."""
    if isinstance(found, Tensor):
        return change(found) if found.dtype.is_floating_point else found
    if hasattr(found, "_replace"):
        return found._replace(data=change(found.data))
    if isinstance(found, (tuple, list)):
        return type(found)(_each(one, change) for one in found)
    return found
