"""nnx modules under torch's names: which variable of a module holds which documented array, and in which layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import jax
import numpy as np
from flax import nnx

from adapters.contract import Array, Native, Unsupported

Place = tuple[str, ...]
"""Where a variable is in a module, such as ``("cell", "dense_i", "kernel")``."""

Options = Mapping[str, Any]
"""The arguments of a layer's constructor, by their documented names."""

Layout = Callable[[Native], Native]

_KEPT = nnx.Any(nnx.Param, nnx.BatchStat)


def same(array: Native) -> Native:
    """Return an array that both lay out alike."""
    return array


def transposed(array: Native) -> Native:
    """Return a matrix transposed: torch's are (out, in), nnx's are (in, out)."""
    return array.T


@dataclass(frozen=True)
class Parameter:
    """One variable of a module, and the documented array, or block of its rows, that it holds.

    An array that several variables hold has an entry for each, in the order of its blocks of rows, which are alike.
    Arrays that one variable holds are added: nnx's recurrent cells have one bias for the two that torch adds.

    Args:
        name: The array's documented name.
        place: Where the variable is.
        to: Takes the array's block, of NumPy or of JAX, to the variable's layout.
        back: The other way.
        read: Whether the array can be read from the variable; not so for the second of two that it is the sum of.
    """

    name: str
    place: Place
    to: Layout = same
    back: Layout = same
    read: bool = True


@dataclass(frozen=True)
class Making:
    """What every module is made with.

    Args:
        rngs: Its random numbers.
        dtype: Its floating-point type.
        training: Whether it is in training.
        blank: Whether its parameters start as NaN, which takes no time to compile, since all will be loaded.
    """

    rngs: nnx.Rngs
    dtype: str
    training: bool = True
    blank: bool = False

    def arguments(self, *parameters: str) -> dict[str, Any]:
        """Return the arguments of a constructor that has these ``parameters``, such as ``"kernel"``, to initialize."""
        starts = {f"{parameter}_init": _nothing for parameter in parameters} if self.blank else {}
        return {"dtype": self.dtype, "param_dtype": self.dtype, "rngs": self.rngs, **starts}


def _nothing(_: Native, shape: Sequence[int], dtype: Any) -> Native:
    return jax.device_put(np.full(shape, np.nan, dtype))


@dataclass(frozen=True)
class Made:
    """A module, and how it is filled and called as torch's layer is.

    Args:
        module: The module.
        parameters: What its variables hold.
        call: Takes the module and the arguments of torch's layer to the outputs of torch's layer.
    """

    module: nnx.Module
    parameters: Sequence[Parameter] = ()
    call: Callable[..., Native] = lambda module, *arguments: module(*arguments)

    def initial(self) -> dict[str, Array]:
        """Return what the module's variables hold, by documented names."""
        return _read(self.parameters, _variables(self.module))


class Layer:
    """A module with the state that torch documents, compiled by ``jax.jit``.

    Args:
        name: The layer's name in ``torch.nn``.
        make: Makes the module.
        making: What with.
        state: Arrays by documented names, to be loaded over those that the module starts from.

    Raises:
        Unsupported: The module has no variable for one of them.
    """

    def __init__(self, name: str, make: Callable[[Making], Made], making: Making, state: Mapping[str, Array]) -> None:
        made = make(replace(making, blank=True))
        lacking = sorted(state.keys() - {parameter.name for parameter in made.parameters})
        if lacking:
            raise Unsupported(f"nn.{name}: {', '.join(lacking)}")
        places = {parameter.place for parameter in made.parameters if parameter.name in state}
        if places != {parameter.place for parameter in made.parameters}:
            made = make(making)
        self._made = made
        self._state = {**made.initial(), **state}
        self._graph, _, self._rest = nnx.split(made.module, _KEPT, ...)
        self._variables = self._loaded = {**_variables(made.module), **self._held(self._state)}

    def _held(self, state: Mapping[str, Native]) -> dict[Place, Native]:
        found = _loaded(self._made.parameters, state)
        return {
            place: jax.device_put(np.array(array)) if isinstance(array, (np.ndarray, np.generic)) else array
            for place, array in found.items()
        }

    def __call__(self, *arguments: Any, **options: Any) -> Native:
        """Call the module, and keep what it changes of its variables."""
        leaves, structure = jax.tree.flatten((arguments, options))
        traced = {number: leaf for number, leaf in enumerate(leaves) if isinstance(leaf, jax.Array)}

        def run(variables: dict[Place, Native], rest: Any, traced: dict[int, Native]) -> tuple[Native, Any, Any]:
            module = nnx.merge(self._graph, nnx.from_flat_state(list(variables.items())), rest)
            given, named = jax.tree.unflatten(structure, [traced.get(n, leaf) for n, leaf in enumerate(leaves)])
            output = self._made.call(module, *given, **named)
            return output, _variables(module), nnx.state(module, nnx.RngState)

        output, variables, rest = jax.jit(run)(self._variables, self._rest, traced)
        if not any(isinstance(leaf, jax.core.Tracer) for leaf in jax.tree.leaves(output)):
            self._variables, self._rest = variables, rest
        return output

    @property
    def parameters(self) -> dict[str, Array]:
        """What of the state has gradients, as it was loaded."""
        places = {place for place, _ in nnx.to_flat_state(nnx.state(self._made.module, nnx.Param))}
        names = {parameter.name for parameter in self._made.parameters if parameter.place in places}
        return {name: array for name, array in self._state.items() if name in names}

    @contextmanager
    def holding(self, parameters: Mapping[str, Native]) -> Iterator[None]:
        """Have other arrays for the parameters in the block, such as those that JAX traces; what is kept stays."""
        before = self._variables
        self._variables = {**before, **self._held(parameters)}
        try:
            yield
        finally:
            self._variables = before

    def state(self) -> dict[str, Array]:
        """Return the state as it is now: what was loaded, where the variables that hold it are as they were then."""
        now = _read(self._made.parameters, self._variables)
        changed = {p.name for p in self._made.parameters if not _alike(self._variables[p.place], self._loaded[p.place])}
        return {name: now[name] if name in changed else array for name, array in self._state.items()}


def _alike(one: Native, other: Native) -> bool:
    return one is other or np.asarray(one).tobytes() == np.asarray(other).tobytes()


def _variables(module: nnx.Module) -> dict[Place, Native]:
    return {place: variable.get_value() for place, variable in nnx.to_flat_state(nnx.state(module, _KEPT))}


def _loaded(parameters: Sequence[Parameter], state: Mapping[str, Native]) -> dict[Place, Native]:
    """Return what the variables hold for ``state``: blocks of its arrays, in other layouts."""
    found: dict[Place, Native] = {}
    for name, array in state.items():
        entries = [parameter for parameter in parameters if parameter.name == name]
        rows = array.shape[0] // len(entries) if array.shape else 0
        for number, entry in enumerate(entries):
            block = entry.to(array if len(entries) == 1 else array[number * rows : (number + 1) * rows])
            found[entry.place] = found[entry.place] + block if entry.place in found else block
    return found


def _read(parameters: Sequence[Parameter], variables: Mapping[Place, Native]) -> dict[str, Array]:
    """Return the arrays by documented names that the variables hold."""
    blocks: dict[str, list[Array]] = {}
    for entry in parameters:
        if entry.read:
            blocks.setdefault(entry.name, []).append(entry.back(np.asarray(variables[entry.place])))
    return {name: np.concatenate(parts) if len(parts) > 1 else parts[0] for name, parts in blocks.items()}
