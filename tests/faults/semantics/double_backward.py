"""Faults of gradients that are recorded."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these, unrecorded

REPLAY = "autograd.replay:_recorded"

FAULTS = (
    Fault(
        "what-was-saved-counts-as-constant",
        "create_graph.second-derivative",
        edited(REPLAY, ("if place < 0:", "if place is not None:\n        return kept\n    if place < 0:")),
        stumbles=True,
        also=these("*: second-gradient", "create_graph: *"),
    ),
    Fault(
        "only-the-first-input-of-a-function-is-recorded",
        "create_graph.mixed-derivative",
        edited(REPLAY, ("if node.needs[place] else kept", "if node.needs[place] and place == 0 else kept")),
        also=these("*: second-gradient", "create_graph: *"),
        stumbles=True,
    ),
    Fault(
        "the-gradient-of-a-gradient-is-not-recorded",
        "create_graph.third-derivative",
        edited(
            "autograd.engine:grad",
            (
                "captures=dict.fromkeys(edges), recorded=create_graph)",
                "captures=dict.fromkeys(edges), "
                "recorded=create_graph and not any(one.node.name().startswith('Add') for one in _listed(outputs)))",
            ),
        ),
        stumbles=True,
        also=these("*: second-gradient"),
    ),
    Fault(
        "grad-outputs-count-as-constants",
        "create_graph.of-grad-outputs",
        edited(
            "autograd.engine:_root", ("return edge_of(tensor), seed if", "return edge_of(tensor), seed.detach() if")
        ),
        stumbles=True,
        also=("create_graph.in-the-incoming-gradient",),
    ),
    Fault(
        "the-incoming-gradient-of-relu-is-a-constant",
        "create_graph.in-the-incoming-gradient",
        unrecorded("ReluBackward0"),
        stumbles=True,
    ),
    Fault(
        "the-graph-is-freed-all-the-same",
        "create_graph.retains-the-graph",
        edited(
            "autograd.engine:grad",
            ("keep = create_graph if retain_graph is None", "keep = False if retain_graph is None"),
        ),
        stumbles=True,
        also=these("*: second-gradient", "create_graph: *"),
    ),
    Fault(
        "the-gradient-is-detached-when-it-is-accumulated",
        "create_graph.backward",
        edited("autograd.node:accumulate_recorded", ("gradient if held is None", "gradient.detach() if held is None")),
    ),
    Fault(
        "the-gradient-of-a-matrix-product-is-not-that-of-its-weight",
        "create_graph.gradient-penalty",
        edited(
            "autograd.replay:_recorded",
            (
                "    if place < 0:",
                "    if 'mm' in type(node).__name__.lower():\n        return kept\n    if place < 0:",
            ),
        ),
        also=these("linear: second-gradient"),
    ),
    Fault(
        "a-constant-is-taken-for-the-other-input",
        "create_graph.of-a-linear-function",
        edited(
            REPLAY,
            (
                "node.next_functions[place])) if node.needs[place] else kept",
                "node.next_functions[node.needs.index(True)]))",
            ),
        ),
        also=these("*: second-gradient", "create_graph: *"),
    ),
)
