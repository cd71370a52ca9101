"""The layers that pad: five kinds, each for one, two and three spatial dimensions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from conformance.card import Layer, Statement, layer
from conformance.case import Case
from conformance.clause import documented
from conformance.data import Draw

_MODES: Mapping[str, dict[str, Any]] = {
    "ConstantPad": {"mode": "constant", "value": 2.5},
    "ZeroPad": {},
    "ReflectionPad": {"mode": "reflect"},
    "ReplicationPad": {"mode": "replicate"},
    "CircularPad": {"mode": "circular"},
}
"""Each kind of layer, and the operator's options that it stands for."""


def _covers(kind: str, n: int, case: Case) -> bool:
    """Say whether a layer over ``n`` dimensions can do what a case asks of the operator."""
    asked, dimensions = case.options, len(case.shape("input"))
    fits = len(asked["pad"]) == 2 * n and dimensions in (n + 1, n + 2)
    return fits and ("value" in asked, asked.get("mode", "constant")) == (
        "value" in _MODES[kind],
        _MODES[kind].get("mode", "constant"),
    )


def _options(shorten: Callable[[tuple[int, ...]], Any], case: Case) -> dict[str, Any]:
    """Return the constructor's arguments, the widths as ``shorten`` gives them."""
    filled = {"value": case.options["value"]} if "value" in case.options else {}
    return {"padding": shorten(case.options["pad"]), **filled}


LAYERS = tuple(
    Layer(f"{kind}{n}d", partial(_options, tuple), covers=partial(_covers, kind, n))
    for kind in sorted(_MODES)
    for n in (1, 2, 3)
)


def numbers() -> tuple[Statement, ...]:
    """Return, for each layer, the statement of a padding that is one number."""
    return tuple(_number(kind, n) for kind in sorted(_MODES) for n in (1, 2, 3))


def _number(kind: str, n: int) -> Statement:
    name = f"{kind}{n}d"
    wrapping = next(one for one in LAYERS if one.name == name)
    options = {"pad": (2,) * 2 * n, **_MODES[kind]}
    return layer(
        f"number-{kind.removesuffix('Pad').lower()}-pad{n}d",
        f"A padding of {name} that is one number is the width at every boundary.",
        Case("two", {"input": Draw((1, 2, *(3, 4, 5)[-n:]))}, options),
        Case("two-unbatched", {"input": Draw((2, *(4, 3, 5)[-n:]))}, options),
        link=documented(f"generated/torch.nn.{name}.html"),
        wrapping=replace(wrapping, options=partial(_options, lambda widths: widths[0])),
    )
