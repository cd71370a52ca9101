"""Layers that wrap no operator are judged whatever else a backend offers, and each of their numbers is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from adapters.contract import Array, Native, Unsupported
from adapters.reference.adapter import ReferenceBackend
from conformance.strength import runs, verdict

CLAUSES = ("lstm.value", "lstm.gradient", "lstm.shape", "lstm.parameters", "lstm.packed")


class LayersAlone(ReferenceBackend):
    """A backend without operators, and without gradients of parameters."""

    def operator(self, name: str) -> Callable[..., Native]:
        """Offer none."""
        raise Unsupported(name)

    def layer_vjp(self, *_: Any) -> Any:
        """Offer none."""
        raise Unsupported("the gradients of layers' parameters")


class OneGradientLess(ReferenceBackend):
    """A backend that leaves the gradient of one parameter out."""

    def layer_vjp(
        self,
        layer: Callable[..., Native],
        function: Callable[..., Native],
        inputs: Sequence[Native],
        cotangent: Native | tuple[Native, ...],
    ) -> tuple[Native, Sequence[Native], Mapping[str, Array]]:
        """Return all but the gradient of the second bias."""
        output, products, found = super().layer_vjp(layer, function, inputs, cotangent)
        return output, products, {name: array for name, array in found.items() if name != "bias_hh_l0"}


class StateAlone(ReferenceBackend):
    """A backend that has one more array in the state of a layer than is documented."""

    def layer_state(self, layer: Callable[..., Native]) -> Mapping[str, Array]:
        """Return the state and one more array."""
        found = super().layer_state(layer)
        return {**found, "step": next(iter(found.values()))}


def verdicts(backend: ReferenceBackend) -> dict[str, str]:
    """Return the verdict of the first check of each of the clauses."""
    found: dict[str, str] = {}
    for entry, run in runs(lambda entry: entry.clause.id in CLAUSES and entry.dtype == "float32"):
        if entry.clause.id not in found:
            found[entry.clause.id] = verdict(run, backend)
    return found


@pytest.mark.parametrize(
    ("backend", "others"),
    [
        (ReferenceBackend(), {}),
        (LayersAlone(), {"lstm.gradient": "unsupported", "lstm.packed": "unsupported"}),
        (OneGradientLess(), {"lstm.gradient": "failed"}),
        (StateAlone(), {"lstm.parameters": "failed"}),
    ],
    ids=["complete", "layers-alone", "one-gradient-less", "one-array-more"],
)
def test_each_lack_shows_where_it_is(backend: ReferenceBackend, others: dict[str, str]) -> None:
    assert verdicts(backend) == {**dict.fromkeys(CLAUSES, "passed"), **others}
