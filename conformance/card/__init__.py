"""Cards: the entries of the catalogue. A card gives meaning, clauses and cases; it never calls a backend."""

from conformance.card.formula import Card, Definition, Formula
from conformance.card.operator import Choice, FormulaCard, Layer, LayerCard, OperatorCard, Spread
from conformance.card.procedure import ClippingCard, InitializerCard, NetworkCard, OptimizerCard, SchedulerCard
from conformance.card.statement import Statement, described, layer, refusal, second_gradient, shape, value

__all__ = [
    "Card",
    "Choice",
    "ClippingCard",
    "Definition",
    "Formula",
    "FormulaCard",
    "InitializerCard",
    "Layer",
    "LayerCard",
    "NetworkCard",
    "OperatorCard",
    "OptimizerCard",
    "SchedulerCard",
    "Spread",
    "Statement",
    "described",
    "layer",
    "refusal",
    "second_gradient",
    "shape",
    "value",
]
