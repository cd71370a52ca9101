"""The profiles: groups of clauses that a backend can claim, independent of each other."""

from __future__ import annotations

from enum import StrEnum


class Profile(StrEnum):
    """One group of documented behaviour. Every profile is also a pytest marker (``-m gradient``)."""

    FUNCTIONAL = "functional"
    GRADIENT = "gradient"
    LAYER = "layer"
    OPTIMIZER = "optimizer"
    SCHEDULER = "scheduler"
    INITIALIZER = "initializer"
    MODULE = "module"
    TAPE = "tape"
    GRAPH = "graph"
    TRAINING = "training"

    @property
    def meaning(self) -> str:
        """One sentence on what a backend that claims the profile offers."""
        return _MEANINGS[self]


_MEANINGS = {
    Profile.FUNCTIONAL: "operators: arrays in, arrays out",
    Profile.GRADIENT: "vector-Jacobian products of the operators",
    Profile.LAYER: "layers with explicit state",
    Profile.OPTIMIZER: "parameters after each step, given the gradients of each step",
    Profile.SCHEDULER: "learning-rate sequences",
    Profile.INITIALIZER: "initial values and their distributions",
    Profile.MODULE: "modules, their parameters, names, text and state",
    Profile.TAPE: "requires_grad, backward and accumulated gradients",
    Profile.GRAPH: "grad_fn nodes and the edges between them",
    Profile.TRAINING: "whole networks, trained",
}
