"""How faults are planted: an attribute of the reference backend is replaced for as long as a context lasts.

What is replaced is looked up when the fault is planted. A name that is no longer there is an error, never a fault that
is not planted.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache, wraps
from types import ModuleType
from typing import Any

import numpy as np

from adapters.reference.autograd.function import Function
from adapters.reference.autograd.mode import RECORDING
from tests.faults._base import PACKAGE, REFERENCE, NotCarriedOverError, base, modules_of_reference, torch
from tests.faults._rewriting import PlantingError, rewritten

Planter = Callable[[], AbstractContextManager[Any]]
Wrong = Callable[..., Any]
"""A wrong implementation. Its first argument is the right one; the others are those of the call."""


def attribute(place: str, make: Callable[[Any], Any]) -> Planter:
    """Return what replaces an attribute by what ``make`` makes of it.

    Args:
        place: ``module:name.name``, the module below ``adapters.reference``, such as ``nn.module:Module.train``.
        make: Takes what is there to what shall be there.
    """

    def plant() -> AbstractContextManager[Any]:
        owner, name = _place(place)
        return replaced(owner, name, make(_member(owner, name, place)))

    return plant


def method(place: str, wrong: Wrong) -> Planter:
    """Return what replaces a function or method; ``wrong`` gets the right one, then the arguments of the call."""

    def make(right: Any) -> Any:
        @wraps(right)
        def faulty(*arguments: Any, **options: Any) -> Any:
            return wrong(right, *arguments, **options)

        return faulty

    return attribute(place, make)


def edited(place: str, *changes: tuple[str, str]) -> Planter:
    """Return what replaces a function or method by its own source text with a few words changed.

    Args:
        place: As of :func:`attribute`. A function is replaced under every name that it has.
        changes: Each a text that occurs once in the source of the function, and what stands there instead.
    """

    def plant() -> AbstractContextManager[Any]:
        _require_own_code(place)
        owner, name = _place(place)
        right = _member(owner, name, place)
        faulty = rewritten(right, owner, place, changes)
        return _everywhere(right, faulty) if isinstance(owner, ModuleType) else replaced(owner, name, faulty)

    return plant


def everywhere(place: str, make: Callable[[Any], Any]) -> Planter:
    """Return what replaces a function, class or object of a module under every name that it has in the backend."""

    def plant() -> AbstractContextManager[Any]:
        _require_own_code(place)
        owner, name = _place(place)
        right = _member(owner, name, place)
        return _everywhere(right, make(right))

    return plant


def namespace(path: str, make: Callable[[Any], Any]) -> Planter:
    """Return what replaces one name of the backend's namespace, such as ``optim.Optimizer``, and no other."""

    def plant() -> AbstractContextManager[Any]:
        *way, name = path.split(".")
        owner = base().root
        for step in way:
            owner = _member(owner, step, path)
        return replaced(owner, name, make(_member(owner, name, path)))

    return plant


def renamed(function: str, name: str) -> Planter:
    """Return what gives the nodes of a function on the tape another name."""

    def plant() -> AbstractContextManager[Any]:
        kind = tape_function(function)
        return _renamed(kind, name)

    return plant


def operator(name: str, wrong: Wrong) -> Planter:
    """Return what replaces an operator under every name that it has: in ``nn.functional``, ``torch``, as a method.

    Args:
        name: The operator's name.
        wrong: Gets the right one, then every argument by its name, defaults filled in.
    """

    def plant() -> AbstractContextManager[Any]:
        right = found_operator(name)
        signature = signature_of(name, right)
        called = right if base().own_code else _first_by_position(right, next(iter(signature.parameters)))

        @wraps(right)
        def faulty(*arguments: Any, **options: Any) -> Any:
            bound = signature.bind(*arguments, **options)
            bound.apply_defaults()
            return wrong(called, **bound.arguments)

        return _everywhere(right, faulty)

    return plant


def _first_by_position(right: Any, first: str) -> Callable[..., Any]:
    """Return an operator whose first argument may be named: some of torch know it by another name than documented."""

    def called(*arguments: Any, **options: Any) -> Any:
        return right(*arguments, **options) if arguments else right(options.pop(first), **options)

    return called


def option(name: str, **changes: Callable[[Any], Any]) -> Planter:
    """Return what changes arguments on their way to an operator: each named one to what its function makes of it."""

    def wrong(right: Any, **arguments: Any) -> Any:
        return right(**{key: changes[key](value) if key in changes else value for key, value in arguments.items()})

    return operator(name, wrong)


def widened(name: str) -> Planter:
    """Return what makes an operator give float64 whatever it was given, the numbers themselves right."""
    return operator(name, lambda right, **given: right(**given).double())


def forward(function: str, wrong: Wrong) -> Planter:
    """Return what replaces the forward pass of a function on the tape, named as its node in the graph is."""
    return _pass(function, "forward", wrong)


def backward(function: str, wrong: Wrong) -> Planter:
    """Return what replaces the backward pass of a function on the tape; its forward pass stays right."""
    return _pass(function, "backward", wrong)


def gradients(function: str, change: Callable[..., Any]) -> Planter:
    """Return what changes the gradients that a function's backward pass returns, given one an input."""

    def wrong(right: Any, node: Any, gradient: Any) -> Any:
        found = right(node, gradient)
        return change(*found) if isinstance(found, tuple) else change(found)

    return backward(function, wrong)


def aside(name: str) -> Planter:
    """Return what computes an operator's gradient aside: right, but a constant where it is to be differentiated."""

    def wrong(right: Any, **given: Any) -> Any:
        tracked = [key for key, value in given.items() if isinstance(value, torch.Tensor) and value.requires_grad]
        if not tracked:
            return right(**given)

        class Aside(torch.autograd.Function):
            @staticmethod
            def forward(ctx: Any, *values: Any) -> Any:
                with torch.enable_grad():
                    ctx.leaves = [value.detach().requires_grad_() for value in values]
                    ctx.output = right(**{**given, **dict(zip(tracked, ctx.leaves, strict=True))})
                return ctx.output.detach()

            @staticmethod
            def backward(ctx: Any, gradient: Any) -> Any:
                settings = {"retain_graph": True, "allow_unused": True}
                return torch.autograd.grad(ctx.output, ctx.leaves, gradient.detach(), **settings)

        return Aside.apply(*(given[key] for key in tracked))

    return operator(name, wrong)


def unrecorded(function: str) -> Planter:
    """Return what makes the gradients that a function on the tape records constants; the numbers stay right."""

    def plant() -> AbstractContextManager[Any]:
        kind = tape_function(function)
        right = kind.run_recorded

        def constant(node: Any, gradients: Any) -> Any:
            return tuple(None if one is None else one.detach() for one in right(node, gradients))

        return replaced(kind, "run_recorded", wraps(right)(constant))

    return plant


def tape(name: str, compute: Callable[[Any], Any], differentiate: Callable[[Any, Any], Any]) -> Callable[[Any], Any]:
    """Return an operation of one tensor that is differentiated wrongly.

    Args:
        name: What its node in the graph is called: as that of the right one.
        compute: Takes an array to the result.
        differentiate: Takes the array and the gradient of the result to the gradient of the array.
    """

    class Made(Function):
        __slots__ = ()

        def forward(self, x: Any) -> Any:
            self.saved = (x,)
            return compute(x)

        def backward(self, gradient: Any) -> Any:
            return differentiate(self.saved[0], gradient)

    Made.__name__ = name

    def applied(tensor: Any) -> Any:
        return Made.apply((tensor,)) if base().own_code else _made_elsewhere(compute, differentiate).apply(tensor)

    return applied


def _made_elsewhere(compute: Callable[[Any], Any], differentiate: Callable[[Any, Any], Any]) -> Any:
    """Return what :func:`tape` makes, of another framework that lets its users write functions."""

    class Made(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: Any) -> Any:
            ctx.x = x.detach().numpy()
            return torch.from_numpy(np.asarray(compute(ctx.x)))

        @staticmethod
        def backward(ctx: Any, gradient: Any) -> Any:
            return torch.from_numpy(np.asarray(differentiate(ctx.x, gradient.numpy())))

    return Made


def together(*planters: Planter) -> Planter:
    """Return what plants several faults at a time."""

    @contextmanager
    def plant() -> Iterator[list[Any]]:
        with ExitStack() as stack:
            yield [replaced for planter in planters for replaced in stack.enter_context(planter())]

    return plant


@contextmanager
def replaced(owner: Any, name: str, value: Any) -> Iterator[list[Any]]:
    """Set an attribute for as long as the context lasts, which gives what was replaced.

    A fault that loses track of whether operations are recorded loses it for as long as it lasts, and no longer.
    """
    recording = RECORDING.enabled if base().own_code else None
    before = inspect.getattr_static(owner, name)
    own = name in vars(owner)
    setattr(owner, name, value)
    try:
        yield [before]
    finally:
        if recording is not None:
            RECORDING.enabled = recording
        if own:
            setattr(owner, name, before)
        else:
            delattr(owner, name)


def _place(place: str) -> tuple[Any, str]:
    """Return the module or class that a place is in, and its name there."""
    module, _, path = place.partition(":")
    *way, name = path.split(".")
    if not base().own_code:
        return _public_class(place, way), name
    owner: Any = importlib.import_module(f"{PACKAGE}.{module}")
    for step in way:
        owner = _member(owner, step, place)
    return owner, name


def _public_class(place: str, way: list[str]) -> Any:
    """Return the class of a framework's namespace that is called as that of the reference at ``place`` is."""
    if len(way) == 1:
        root = base().root
        for owner in (root.nn, root.optim, root.optim.lr_scheduler, root, root.nn.utils.rnn):
            if isinstance(found := getattr(owner, way[0], None), type):
                return found
    raise NotCarriedOverError(f"{place}: no method of a class that other frameworks document")


def _require_own_code(place: str) -> None:
    if not base().own_code:
        raise NotCarriedOverError(f"{place}: a place in the reference backend's own code")


def signature_of(name: str, right: Any) -> inspect.Signature:
    """Return the documented signature of an operator: its own, or that of the reference's where it tells none."""
    try:
        found = inspect.signature(right)
    except ValueError:
        found = None
    known = REFERENCE.functional.get(name)
    untold = found is None or any(one.kind is one.VAR_POSITIONAL for one in found.parameters.values())
    if untold and known is not None:
        return inspect.signature(known)
    if found is None:
        raise NotCarriedOverError(f"{name}: nothing tells its arguments")
    return found


def _member(owner: Any, name: str, place: str) -> Any:
    try:
        return inspect.getattr_static(owner, name)
    except AttributeError as error:
        raise PlantingError(
            f"{place}: expected {owner!r} to have {name!r}, and it has not: name the place that took over from it"
        ) from error


def found_operator(name: str) -> Any:
    """Return the operator of the framework that faults are planted in.

    Raises:
        PlantingError: There is none.
    """
    root = base().root
    for place in (root.nn.functional, root, root.Tensor, root.nn.utils.rnn):
        if callable(found := getattr(place, name, None)):
            return found
    raise PlantingError(f"expected an operator {name!r} in the framework, and there is none")


@contextmanager
def _everywhere(right: Any, faulty: Any) -> Iterator[list[Any]]:
    """Bind ``faulty`` to every name of a module, a namespace or the tensor class that ``right`` is bound to."""
    with ExitStack() as stack:
        for owner in base().owners():
            for name, value in list(vars(owner).items()):
                if value is right:
                    stack.enter_context(replaced(owner, name, faulty))
                elif isinstance(value, property) and right in (value.fget, value.fset):
                    accessors = [faulty if one is right else one for one in (value.fget, value.fset, value.fdel)]
                    stack.enter_context(replaced(owner, name, property(*accessors)))
        yield [right]


@contextmanager
def _renamed(kind: type[Function], name: str) -> Iterator[list[Any]]:
    before = kind.__name__
    kind.__name__ = name
    try:
        yield [kind.forward]
    finally:
        kind.__name__ = before


def _pass(function: str, direction: str, wrong: Wrong) -> Planter:
    def plant() -> AbstractContextManager[Any]:
        kind = tape_function(function)
        right = getattr(kind, direction)
        return replaced(kind, direction, wraps(right)(lambda node, *given: wrong(right, node, *given)))

    return plant


def tape_function(name: str) -> type[Function]:
    """Return the function on the tape whose node is called ``name``.

    Raises:
        PlantingError: There is none.
    """
    _require_own_code(name)
    return _tape_function(name)


@cache
def _tape_function(name: str) -> type[Function]:
    for module in modules_of_reference():
        kind = vars(module).get(name)
        if isinstance(kind, type) and issubclass(kind, Function):
            return kind
    raise PlantingError(f"expected a function {name!r} on the tape of the reference backend, and there is none")


def these(*groups: str) -> tuple[str, ...]:
    """Return clause ids: ``these("relu: layer value", "graph: tutorial-*")`` is three of them."""
    return tuple(
        f"{card}.{behaviour}"
        for card, _, behaviours in (group.partition(": ") for group in groups)
        for behaviour in behaviours.split()
    )


def swapped(pair: Any) -> Any:
    """Return a pair the other way round; anything else as it is."""
    return tuple(reversed(pair)) if isinstance(pair, (tuple, list)) and len(pair) == 2 else pair


def both(value: Any) -> tuple[Any, Any]:
    """Return a number or pair as a pair."""
    return tuple(value) if isinstance(value, (tuple, list)) else (value, value)


def constant(value: Any) -> Callable[[Any], Any]:
    """Return the function that gives ``value`` whatever is given: for an option that is ignored."""
    return lambda _: value


def changed(tensor: Any, change: Callable[[Any], Any]) -> Any:
    """Return a tensor on the same place of the tape as ``tensor``, its elements changed behind the tape's back."""
    tensor.array = change(tensor.array)
    return tensor


def through(dtype: str) -> Callable[[Any], Any]:
    """Return what rounds an array to a narrower type and gives it back in its own."""
    return lambda array: array.astype(dtype).astype(array.dtype)


def significand(bits: int) -> Callable[[Any], Any]:
    """Return what rounds an array to ``bits`` significant binary digits, as hardware with short factors does."""

    def rounded(array: Any) -> Any:
        mantissa, exponent = np.frexp(array)
        return np.ldexp(np.round(mantissa * 2.0**bits) / 2.0**bits, exponent).astype(array.dtype)

    return rounded
