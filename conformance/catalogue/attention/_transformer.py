"""Layers of encoders and decoders: attention and a feed-forward network, each added to its input and normalized."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from conformance import oracle
from conformance.case import Case, Part
from conformance.catalogue.activation.gelu import gelu
from conformance.catalogue.attention._heads import State, heads_of
from conformance.catalogue.attention._shared import Mask
from conformance.catalogue.linear.linear import linear
from conformance.catalogue.normalization.layer_norm import layer_norm
from conformance.data import Draw, Recipe
from conformance.oracle import Bounded, rearrange

Masking = Bounded | Mask | None
PARTS = ("multihead_attention", "linear", "layer_norm", "relu", "gelu", "dropout", "view", "module")
"""What layers are made of: cards, and the bookkeeping of modules within modules."""
ACTIVATIONS: Mapping[str, Callable[[Bounded], Bounded]] = {"relu": oracle.relu, "gelu": gelu}


@dataclass(frozen=True)
class Recipes:
    """How a layer is made: its heads, its activation, the eps of its norms, and whether norms come first."""

    nhead: int
    activation: str = "relu"
    layer_norm_eps: float = 1e-5
    norm_first: bool = False


def encoded(x: Bounded, state: State, recipes: Recipes, mask: Masking, padding: Masking) -> Bounded:
    """Return what a layer of an encoder makes of ``x``, of shape (N, S, E)."""
    x = _added(x, state, recipes, "norm1", lambda y: _attention(y, y, part(state, "self_attn"), recipes, mask, padding))
    return _added(x, state, recipes, "norm2", lambda y: _fed_forward(y, state, recipes))


def decoded(
    x: Bounded,
    memory: Bounded,
    state: State,
    recipes: Recipes,
    masks: tuple[Masking, Masking],
    paddings: tuple[Masking, Masking],
) -> Bounded:
    """Return what a layer of a decoder makes of ``x``, of shape (N, T, E), and ``memory``, of shape (N, S, E).

    Of masks and paddings, the first is of the target, the second of the memory.
    """
    own, other = part(state, "self_attn"), part(state, "multihead_attn")
    x = _added(x, state, recipes, "norm1", lambda y: _attention(y, y, own, recipes, masks[0], paddings[0]))
    x = _added(x, state, recipes, "norm2", lambda y: _attention(y, memory, other, recipes, masks[1], paddings[1]))
    return _added(x, state, recipes, "norm3", lambda y: _fed_forward(y, state, recipes))


def normalized(x: Bounded, state: State, eps: float) -> Bounded:
    """Return ``x`` normalized over its features."""
    return layer_norm(x, state["weight"], state.get("bias"), x.shape[-1:], eps)


def part(state: State, name: str) -> dict[str, Bounded]:
    """Return the state of what is called ``name``, by the names that it has there."""
    return {key.removeprefix(f"{name}."): x for key, x in state.items() if key.startswith(f"{name}.")}


def _added(x: Bounded, state: State, recipes: Recipes, norm: str, block: Callable[[Bounded], Bounded]) -> Bounded:
    """Return ``x`` and what ``block`` makes of it, summed, the norm taken of the sum or of what the block gets."""
    own = part(state, norm)
    if recipes.norm_first:
        return x + block(normalized(x, own, recipes.layer_norm_eps))
    return normalized(x + block(x), own, recipes.layer_norm_eps)


def _attention(x: Bounded, memory: Bounded, state: State, recipes: Recipes, mask: Masking, padding: Masking) -> Bounded:
    return heads_of(x, memory, memory, state, recipes.nhead, padding=padding, mask=mask)[0]


def _fed_forward(x: Bounded, state: State, recipes: Recipes) -> Bounded:
    inner = linear(x, state["linear1.weight"], state.get("linear1.bias"))
    return linear(ACTIVATIONS[recipes.activation](inner), state["linear2.weight"], state.get("linear2.bias"))


def present(state: Mapping[str, Bounded | None]) -> dict[str, Bounded]:
    """Return the parameters that there are."""
    return {name: x for name, x in state.items() if x is not None}


def batched(x: Bounded, *, batch_first: bool) -> Bounded:
    """Return an input as (N, S, E)."""
    if len(x.shape) == 2:
        return rearrange(x, lambda p: p[None])
    return x if batch_first else rearrange(x, lambda p: p.swapaxes(0, 1))


def restored(x: Bounded, like: Bounded, *, batch_first: bool) -> Bounded:
    """Return an output (N, S, E) in the layout of the input that it is ``like``."""
    if len(like.shape) == 2:
        return rearrange(x, lambda p: p[0])
    return x if batch_first else rearrange(x, lambda p: p.swapaxes(0, 1))


def of_the_batch(padding: Masking, like: Bounded) -> Masking:
    """Return a mask of keys as (N, S)."""
    if padding is None or len(like.shape) == 3:
        return padding
    return rearrange(padding, lambda p: p[None]) if isinstance(padding, Bounded) else padding[None]


def parameters(attentions: tuple[str, ...], features: int, hidden: int, *, bias: bool = True) -> dict[str, Recipe]:
    """Return the recipes of a layer's parameters by their names: its ``attentions``, two linear maps, and norms."""
    shapes: dict[str, tuple[int, ...]] = {}
    for name in attentions:
        shapes |= {
            f"{name}.in_proj_weight": (3 * features, features),
            f"{name}.in_proj_bias": (3 * features,),
            f"{name}.out_proj.weight": (features, features),
            f"{name}.out_proj.bias": (features,),
        }
    shapes |= {
        "linear1.weight": (hidden, features),
        "linear1.bias": (hidden,),
        "linear2.weight": (features, hidden),
        "linear2.bias": (features,),
    }
    for number in range(1, len(attentions) + 2):
        shapes |= {f"norm{number}.weight": (features,), f"norm{number}.bias": (features,)}
    return {name: Draw(shape, "modest") for name, shape in shapes.items() if bias or not name.endswith("bias")}


def same_names(*groups: Mapping[str, Any]) -> dict[str, str]:
    """Return the state of a layer whose parameters a case calls by their own names."""
    return {name: name for group in groups for name in group}


CONSTRUCTED = ("nhead", "activation", "layer_norm_eps", "batch_first", "norm_first", "dropout")
"""The options of a case that the constructor takes."""


def layer_options(case: Case, prefix: str = "") -> dict[str, Any]:
    """Return the constructor's arguments of a layer whose parameters' names begin with ``prefix``."""
    hidden, features = case.shape(f"{prefix}linear1.weight")
    given = {name: case.options[name] for name in CONSTRUCTED if name in case.options}
    return {
        "d_model": features,
        "dim_feedforward": hidden,
        "bias": f"{prefix}linear1.bias" in case.inputs,
        "dropout": 0.0,
        **given,
    }


def stacked(
    number: int, attentions: tuple[str, ...], features: int, hidden: int, *, norm: bool, prefix: str = ""
) -> dict[str, Recipe]:
    """Return the recipes of the parameters of so many layers, and of a norm at the end if there is one."""
    one = parameters(attentions, features, hidden)
    found = {f"{prefix}layers.{i}.{name}": recipe for i in range(number) for name, recipe in one.items()}
    own = {f"{prefix}norm.weight": Draw((features,)), f"{prefix}norm.bias": Draw((features,))}
    return {**found, **(own if norm else {})}


def layers_of(state: State) -> list[dict[str, Bounded]]:
    """Return the states of the layers of a stack, in order."""
    numbers = {int(name.split(".")[1]) for name in state if name.startswith("layers.")}
    return [part(state, f"layers.{number}") for number in sorted(numbers)]


def finished(x: Bounded, state: State, eps: float) -> Bounded:
    """Return the output of a stack: normalized if it has a norm."""
    own = part(state, "norm")
    return normalized(x, own, eps) if own else x


def stack_options(case: Case, layer: str, argument: str) -> dict[str, Any]:
    """Return the constructor's arguments of a stack of layers of the class ``layer``, given as ``argument``."""
    options: dict[str, Any] = {
        argument: Part(layer, layer_options(case, "layers.0.")),
        "num_layers": sum(name.endswith("linear1.weight") for name in case.inputs),
    }
    if "norm.weight" in case.inputs:
        norm = {"normalized_shape": case.shape("norm.weight")[0], "eps": case.options.get("norm_eps", 1e-5)}
        options["norm"] = Part("LayerNorm", norm)
    return options
