"""What rules are made of: what a card says of itself, and how torch is made to do otherwise."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import lru_cache, partial, wraps
from typing import Any

import numpy as np

from conformance.plan import plan
from conformance.strength import Fault
from tests.faults._base import of_torch, planting_in
from tests.faults._planting import replaced

Planter = Callable[[], AbstractContextManager[Any]]
Wrong = Callable[..., Any]


@contextmanager
def over_torch(plant: Planter) -> Iterator[Any]:
    """Plant in torch. Meanwhile its tensors have what faults know those of the reference by: the array within."""
    torch = of_torch().root

    def put(tensor: Any, array: Any) -> None:
        tensor.data = torch.from_numpy(np.ascontiguousarray(array).reshape(np.shape(array)))

    with ExitStack() as stack:
        stack.enter_context(planting_in(of_torch()))
        before = stack.enter_context(plant())
        torch.Tensor.array = property(lambda tensor: tensor.detach().numpy(), put)
        stack.callback(delattr, torch.Tensor, "array")
        yield before


def rule(card: str, name: str, breaks: str, plant: Planter, *, stumbles: bool = False) -> Fault:
    """Return a fault that a rule makes of a card: one clause that ``breaks`` matches must catch it."""
    said = f"rule-{name}".replace("_", "-")
    return Fault(said, breaks, partial(over_torch, plant), stumbles=stumbles, scope=f"{card}.*")


@lru_cache(maxsize=1)
def _by_law() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for entry in plan():
        of_card = found.setdefault((entry.clause.subject, entry.law), [])
        if entry.clause.id not in of_card:
            of_card.append(entry.clause.id)
    return found


def clauses_of(card: str, law: str) -> list[str]:
    """Return the clauses that ``law`` has of a card, in order."""
    return _by_law().get((card, law), [])


def method(owner: type, name: str, wrong: Wrong) -> Planter:
    """Return what replaces a method of a class of torch; ``wrong`` gets the right one, then what the call gives."""
    right = getattr(owner, name)

    @wraps(right)
    def faulty(*arguments: Any, **options: Any) -> Any:
        return wrong(right, *arguments, **options)

    return lambda: replaced(owner, name, faulty)


def function(owner: Any, name: str, wrong: Wrong) -> Planter:
    """Return what replaces a function of a module; ``wrong`` gets the right one, then every argument by its name."""
    right = getattr(owner, name)
    signature = inspect.signature(right)

    @wraps(right)
    def faulty(*arguments: Any, **options: Any) -> Any:
        bound = signature.bind(*arguments, **options)
        bound.apply_defaults()
        return wrong(right, **bound.arguments)

    return lambda: replaced(owner, name, faulty)


def defaults(callable_: Any) -> dict[str, Any]:
    """Return the arguments that have a default, each with it."""
    parameters = inspect.signature(callable_).parameters.values()
    return {one.name: one.default for one in parameters if one.default is not one.empty}


def alike(one: Any, other: Any) -> bool:
    """Say whether two options are the same to look at."""
    return repr(one) == repr(other)


def ignored(name: str, owner: type, varied: Callable[[], Iterator[tuple[str, Any]]]) -> Iterator[tuple[str, Planter]]:
    """Return, for each option of a class that some case gives and that is not its default, what ignores it."""
    documented = defaults(owner.__init__)
    given = {option for option, value in varied() if option in documented and not alike(value, documented[option])}
    for option in sorted(given):

        def without(right: Any, self: Any, *arguments: Any, _option: str = option, **options: Any) -> None:
            options.pop(_option, None)
            right(self, *map(partial(_stripped, _option), arguments), **options)

        yield f"{option}-ignored{name}", method(owner, "__init__", without)


def _stripped(option: str, argument: Any) -> Any:
    """Return parameter groups without an option; anything else as it is."""
    if isinstance(argument, list) and argument and all(isinstance(one, dict) for one in argument):
        return [{key: value for key, value in group.items() if key != option} for group in argument]
    return argument


def mapped(result: Any, change: Callable[[Any], Any]) -> Any:
    """Return a result whose tensors of floating-point numbers are changed."""
    if isinstance(result, tuple):
        changed = [mapped(one, change) for one in result]
        return type(result)(*changed) if hasattr(result, "_fields") else tuple(changed)
    if isinstance(result, list):
        return [mapped(one, change) for one in result]
    return change(result) if of_torch().root.is_tensor(result) and result.is_floating_point() else result


def one_element_off(tensor: Any) -> Any:
    """Return a tensor whose largest element is off by a thousandth, as one of ten bits would be."""
    torch = of_torch().root
    if tensor.numel() == 0:
        return tensor
    factor = torch.ones(tensor.numel(), dtype=tensor.dtype)
    size = tensor.detach().abs().nan_to_num(nan=0.0, posinf=0.0)
    factor[size.argmax()] += 2.0**-10
    return tensor * factor.reshape(tensor.shape)


def narrowed(tensor: Any) -> Any:
    """Return float64 numbers as float32 holds them; others as they are."""
    return tensor.float().double() if tensor.dtype == of_torch().root.float64 else tensor


RESULTS: dict[str, Callable[[Any], Any]] = {
    "one-element-off-by-a-thousandth": one_element_off,
    "all-off-by-one-in-4096": lambda tensor: tensor * (1 + 2.0**-12),
    "kept-in-half-precision": lambda tensor: tensor.half().to(tensor.dtype),
    "float32-for-float64": narrowed,
    "sign-changed": lambda tensor: -tensor,
    "samples-moved-by-one": lambda tensor: tensor.roll(1, 0) if tensor.ndim else tensor,
}
"""What may be wrong with the numbers of a result."""


def swallowing(right: Any, *arguments: Any, **options: Any) -> Any:
    """Return what ``right`` does, and a zero where it refuses."""
    try:
        return right(*arguments, **options)
    except (ValueError, RuntimeError, TypeError, IndexError, NotImplementedError, AssertionError):
        return of_torch().root.zeros(())
