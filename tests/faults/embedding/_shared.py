"""Slips that an implementer of any lookup may make."""

from __future__ import annotations

from typing import Any

import numpy as np

from conformance.strength import Fault
from tests.faults._base import torch
from tests.faults._planting import Planter, attribute, constant, method, operator, option, tape, widened

F = torch.nn.functional


def slip(
    name: str,
    behaviour: str,
    what: str,
    plant: Planter,
    *,
    alone: bool = False,
    modules: bool = False,
    stumbles: bool = False,
) -> Fault:
    """Return a fault of the lookup ``name``.

    Unless it shows ``alone``, other clauses of the lookup fail too, with ``modules`` also those of its module.
    """
    also = (() if alone else (f"{name}.*",)) + ((f"{name}_module.*",) if modules else ())
    return Fault(what, f"{name}.{behaviour}", plant, also, stumbles)


def shifted(tensor: Any, by: int, rows: int) -> Any:
    """Return indices moved by some rows, the last followed by the first."""
    return torch.from_numpy((tensor.array + by) % rows)


def derived(name: str, class_name: str) -> tuple[Fault, ...]:
    """Return faults of what every lookup of rows has: gradient, dtype, leaving its inputs alone, and a layer."""
    unchained = tape("Unchained", np.copy, lambda _, gradient: np.ones_like(gradient))

    def used_up(right: Any, **given: Any) -> Any:
        result = right(**given)
        given["input"].array[...] = 0
        return result

    def options_lost(_right: Any, module: Any, input: Any, *others: Any) -> Any:
        return getattr(F, name)(input, module.weight, *others[:1])

    return (
        slip(name, "gradient", "chain-rule-forgotten", operator(name, lambda right, **g: unchained(right(**g)))),
        slip(name, "dtype", "result-always-float64", widened(name), alone=True),
        slip(name, "purity", "indices-used-up", operator(name, used_up), alone=True, modules=name == "embedding_bag"),
        slip(
            name,
            "layer",
            "options-lost",
            method(f"operators.embedding.{name}:{class_name}.forward", options_lost),
            modules=True,
        ),
    )


def shortening(name: str, class_name: str) -> tuple[Fault, ...]:
    """Return faults of rows that are scaled to a largest norm."""

    def copied(right: Any, weight: Any, max_norm: Any, **given: Any) -> Any:
        return right(weight=weight if max_norm is None else weight.clone(), max_norm=max_norm, **given)

    def copied_by_layer(right: Any, module: Any, *inputs: Any) -> Any:
        before = module.weight.array.copy()
        result = right(module, *inputs)
        module.weight.array[...] = before
        return result

    return (
        slip(name, "max-norm", "max-norm-ignored", option(name, max_norm=constant(None))),
        slip(name, "max-norm-in-place", "copy-scaled", operator(name, copied), alone=False),
        slip(
            name,
            "max-norm-kept",
            "layer-scales-a-copy",
            method(f"operators.embedding.{name}:{class_name}.forward", copied_by_layer),
            alone=True,
        ),
    )


def module_faults(card: str, class_name: str) -> tuple[Fault, ...]:
    """Return faults of the matrix that a module holds."""
    place = f"operators.embedding.{card}:{class_name}"
    subject = f"{card}_module"

    def small(right: Any, module: Any) -> None:
        right(module)
        module.weight.array[...] *= 0.5

    def unpadded(right: Any, module: Any) -> None:
        padding, module.padding_idx = module.padding_idx, None
        right(module)
        module.padding_idx = padding

    def buffered(right: Any, module: Any, *given: Any, **options: Any) -> None:
        right(module, *given, **options)
        weight = module.weight.detach()
        del module.weight
        module.register_buffer("weight", weight)

    def fresh(right: Any, embeddings: Any, *given: Any, **options: Any) -> Any:
        module = right(embeddings, *given, **options)
        module.reset_parameters()
        return module

    def thawed(right: Any, embeddings: Any, *given: Any, **options: Any) -> Any:
        module = right(embeddings, *given, **options)
        module.weight.requires_grad_()
        return module

    reset = "operators.embedding._shared:Table.reset_parameters"
    return (
        Fault(
            "half-as-wide",
            f"{subject}.initial-weight",
            method(reset, small),
            also=("embedding*_module.initial-weight",),
        ),
        Fault(
            "padding-not-zeroed",
            f"{subject}.padding-zeros",
            method(reset, unpadded),
            also=("embedding*_module.padding-zeros",),
        ),
        Fault(
            "a-buffer",
            f"{subject}.weight",
            method(f"{place}.__init__", buffered),
            also=("embedding_module.frozen", "embedding_module.padding-fixed") if card == "embedding" else (),
        ),
        Fault("drawn-anew", f"{subject}.from-pretrained", class_method(f"{place}.from_pretrained", fresh)),
        Fault("always-trained", f"{subject}.frozen", class_method(f"{place}.from_pretrained", thawed)),
    )


def class_method(place: str, wrong: Any) -> Planter:
    """Return what replaces a class method; ``wrong`` gets the right one, then the arguments of the call."""

    def make(right: Any) -> Any:
        return classmethod(lambda cls, *given, **options: wrong(right.__get__(None, cls), *given, **options))

    return attribute(place, make)
