"""Every operation of the oracle with data that it is smooth on: what the tests of derivatives and bounds share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from conformance import oracle
from conformance.oracle import Bounded, Contraction

Sampler = Callable[[np.random.Generator, tuple[int, ...]], NDArray[np.float64]]


def any_number(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float64]:
    return random.standard_normal(shape)


def positive(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float64]:
    return 0.1 + abs(random.standard_normal(shape))


def fraction(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float64]:
    return random.uniform(-0.7, 3.0, shape)


@dataclass(frozen=True)
class Operation:
    """An operation: what it does to bounded arrays, and what each of them is drawn from."""

    function: Callable[..., Bounded]
    inputs: tuple[Sampler, ...]
    shapes: tuple[tuple[int, ...], ...] = field(default=((2, 3),))

    def draw(self, seed: int = 0) -> list[NDArray[np.float64]]:
        """Return data for every input."""
        random = np.random.default_rng(seed)
        shapes = self.shapes * len(self.inputs) if len(self.shapes) == 1 else self.shapes
        return [sampler(random, shape) for sampler, shape in zip(self.inputs, shapes, strict=True)]


def _convolved(x: Bounded, w: Bounded, b: Bounded) -> Bounded:
    windows = np.lib.stride_tricks.sliding_window_view(oracle.positions(x.shape), 3, axis=1)
    form = Contraction(("ncok", "fck", "nfo"), "convolution", (x.shape, w.shape, (1, 2, 3)), windows[None])
    return form(x, w, oracle.broadcast_to(oracle.reshape(b, (1, 2, 1)), (1, 2, 3)))


def _in_two_ways(x: Bounded) -> Bounded:
    return oracle.one_of([x * oracle.tanh(x) * 3.0, oracle.tanh(x) * 3.0 * x], [x]).square()


def _of_what_depends(x: Bounded) -> Bounded:
    y = oracle.sin(x)
    return oracle.one_of([x * y.square(), x * y * y], [x, y])


def _of_one_twice(x: Bounded) -> Bounded:
    return oracle.any_evaluation([lambda a, b: a * b.square(), lambda a, b: a * b * b], x, x)


ONE: dict[str, Callable[[Bounded], Bounded]] = {
    "negation": lambda x: -x,
    "square": lambda x: x.square(),
    "exp": oracle.exp,
    "expm1": oracle.expm1,
    "expm1-from-result": lambda x: oracle.expm1(x, backward="result"),
    "tanh": oracle.tanh,
    "sigmoid": oracle.sigmoid,
    "sin": oracle.sin,
    "cos": oracle.cos,
    "atan": oracle.atan,
    "erf": oracle.erf,
    "relu": oracle.relu,
    "hinge": oracle.hinge,
    "absolute": oracle.absolute,
    "clamp": lambda x: oracle.clamp(x, -0.4, 0.7),
    "lgamma-reflected": oracle.lgamma,
    "digamma-reflected": oracle.digamma,
    "cube": lambda x: oracle.power(x, 3.0),
    "amax": lambda x: oracle.amax(x, (0,)),
    "amin": lambda x: oracle.amin(x, keepdims=True),
    "maximum": oracle.maximum,
    "total": lambda x: oracle.total(x, (0,), keepdims=True),
    "mean": lambda x: oracle.mean(x, (1,)),
    "variance": lambda x: oracle.variance(x, (0, 1), correction=1),
    "welford-variance": lambda x: oracle.welford_variance(x, (1,), keepdims=True),
    "cumsum": lambda x: oracle.cumsum(x, 1),
    "logsumexp-quotient": lambda x: oracle.logsumexp(x, (1,)),
    "logsumexp-exponential": lambda x: oracle.logsumexp(x, (0, 1), keepdims=True, backward="exponential"),
    "softmax-factored": lambda x: oracle.softmax(x, 1),
    "softmax-expanded": lambda x: oracle.softmax(x, 0, backward="expanded"),
    "softmax-composed": lambda x: oracle.softmax(x, 1, backward="composed"),
    "log-softmax-shifted": lambda x: oracle.log_softmax(x, 1),
    "log-softmax-difference": lambda x: oracle.log_softmax(x, 0, formula="difference"),
    "reshape": lambda x: oracle.reshape(x, (3, 2)),
    "rearrange": lambda x: oracle.rearrange(x, lambda p: p.T[::-1]),
    "broadcast": lambda x: oracle.broadcast_to(x, (4, 2, 3)),
    "padded": lambda x: oracle.gather(x, np.array([[5, -1, 0, 0]]), fill=2.0),
    "scatter": lambda x: oracle.scatter(x, np.array([[0, 1, 0], [2, -1, 0]]), (2, 2)),
    "split": lambda x: oracle.split(x, [1, 2], 1)[1],
    "alternatives": _in_two_ways,
    "alternatives-of-dependent": _of_what_depends,
    "alternatives-of-one-twice": _of_one_twice,
}

OF_POSITIVE: dict[str, Callable[[Bounded], Bounded]] = {
    "log": oracle.log,
    "sqrt": oracle.sqrt,
    "rsqrt": oracle.rsqrt,
    "reciprocal": oracle.reciprocal,
    "quotient-of-one": lambda x: 1.0 / x,
    "lgamma": oracle.lgamma,
    "digamma": oracle.digamma,
    "trigamma": lambda x: oracle.polygamma(1, x),
    "root": lambda x: oracle.power(x, 0.3),
    "negative-power": lambda x: oracle.power(x, -2.5),
}

OF_TWO: dict[str, Callable[[Bounded, Bounded], Bounded]] = {
    "sum": lambda a, b: a + b,
    "difference": lambda a, b: a - b,
    "product": lambda a, b: a * b,
    "larger": oracle.larger,
    "smaller": oracle.smaller,
    "where": lambda a, b: oracle.where(a > 0.3, a * b, b),
    "concatenate": lambda a, b: oracle.concatenate([a, b, a], 1),
    "stack": lambda a, b: oracle.stack([a, b], -1),
}

OPERATIONS: dict[str, Operation] = {
    **{name: Operation(function, (any_number,)) for name, function in ONE.items()},
    **{name: Operation(function, (positive,)) for name, function in OF_POSITIVE.items()},
    **{name: Operation(function, (any_number, any_number)) for name, function in OF_TWO.items()},
    "log1p": Operation(oracle.log1p, (fraction,)),
    "quotient": Operation(lambda a, b: a / b, (any_number, positive)),
    "power": Operation(oracle.power, (positive, any_number)),
    "matmul": Operation(oracle.matmul, (any_number,) * 2, ((2, 2, 3), (3, 2))),
    "matmul-with-addend": Operation(oracle.matmul, (any_number,) * 3, ((2, 3), (3, 2), (2,))),
    "convolution": Operation(_convolved, (any_number,) * 3, ((1, 5), (2, 1, 3), (2,))),
}
