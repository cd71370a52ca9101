"""The graph of the tutorial's loss, from the loss to the ten parameters."""

from __future__ import annotations

import re

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.semantics._graph import ACCUMULATE, leaves_below, longest_path, name_of, next_of
from conformance.semantics._pages import NEURAL_NETWORKS
from conformance.semantics._tutorial import convolutional_network, image, target

NEXT_FUNCTIONS = documented("generated/torch.autograd.graph.Node.next_functions.html")
EDGES = ("graph.edges", "graph.ends-at-leaves")

OPERATIONS = [
    ("mse_loss", "mse"),
    ("linear", "addmm|linear"),
    ("relu", "relu"),
    ("linear", "addmm|linear"),
    ("relu", "relu"),
    ("linear", "addmm|linear"),
    ("view", "view|reshape|flatten"),
    ("max_pool2d", "max_?pool"),
    ("relu", "relu"),
    ("conv2d", "conv"),
    ("max_pool2d", "max_?pool"),
    ("relu", "relu"),
    ("conv2d", "conv"),
]
"""The operations from the loss back to the image, each with what its node's name must contain."""


def _loss(torch, nn, model):
    return nn.MSELoss()(model(image(torch)), target(torch))


@clause(
    "graph.tutorial-loss",
    "The tutorial's loss was made by MseLossBackward, and its first edge leads to AddmmBackward, the linear layer.",
    NEURAL_NETWORKS,
    profile=Profile.GRAPH,
    follows_from=EDGES,
)
def test_graph_tutorial_loss(torch, nn):
    loss = _loss(torch, nn, convolutional_network(nn))
    assert name_of(loss.grad_fn) == "MseLossBackward"
    assert name_of(loss.grad_fn.next_functions[0][0]) == "AddmmBackward"


@clause(
    "graph.tutorial-target",
    "The edge of the tutorial's target, which does not require gradients, is left out or leads to None.",
    NEURAL_NETWORKS,
    profile=Profile.GRAPH,
    follows_from=EDGES,
    dialects={
        "absent": "the loss has one edge, to the linear layer, as in the tutorial",
        "none": "the loss has a second edge, whose node is None, as in newer versions",
    },
)
def test_graph_tutorial_target(torch, nn, dialect):
    loss = _loss(torch, nn, convolutional_network(nn))
    target_edges = next_of(loss.grad_fn)[1:]
    assert target_edges in ([], [None])
    dialect("none" if target_edges else "absent")


@clause(
    "graph.tutorial-linear-edges",
    "The edges of the last linear layer lead to its bias's AccumulateGrad, then to the ReLU, then to its weight.",
    NEURAL_NETWORKS,
    profile=Profile.GRAPH,
    follows_from=("graph.tutorial-loss",),
)
def test_graph_tutorial_linear_edges(torch, nn):
    loss = _loss(torch, nn, convolutional_network(nn))
    linear = loss.grad_fn.next_functions[0][0]
    bias, relu, weight = next_of(linear)
    assert name_of(bias) == ACCUMULATE  # the tutorial's comment calls this one Relu
    assert name_of(relu) == "ReluBackward"
    assert len(leaves_below(weight)) == 1  # through a transposition, or directly


@clause(
    "graph.tutorial-frozen-bias",
    "The first edge of the last linear layer is that of its bias: it leads to None when the bias is frozen.",
    NEXT_FUNCTIONS,
    profile=Profile.GRAPH,
    follows_from=("graph.tutorial-linear-edges",),
    dialects={
        "none": "the first edge leads to None",
        "absent": "the edge is left out, and the ReLU's is the first",
    },
)
def test_graph_tutorial_frozen_bias(torch, nn, dialect):
    model = convolutional_network(nn)
    model.classifier.bias.requires_grad = False
    edges = next_of(_loss(torch, nn, model).grad_fn.next_functions[0][0])
    present = [node for node in edges if node is not None]
    assert name_of(present[0]) == "ReluBackward"
    assert len(present) == 2
    if len(edges) == 2:
        dialect("absent")
    else:
        assert edges[0] is None
        dialect("none")


@clause(
    "graph.tutorial-chain",
    "Followed back from the loss, the graph has a node for each operation of the tutorial's network, in reverse order.",
    NEURAL_NETWORKS,
    profile=Profile.GRAPH,
    follows_from=("graph.tutorial-loss",),
)
def test_graph_tutorial_chain(torch, nn):
    names = longest_path(_loss(torch, nn, convolutional_network(nn)).grad_fn)
    assert len(names) == len(OPERATIONS), names
    for name, (operation, text) in zip(names, OPERATIONS, strict=True):
        assert re.search(text, name, re.IGNORECASE), f"expected the node of {operation}, not {name}, in {names}"


@clause(
    "graph.tutorial-leaves",
    "The graph of the tutorial's loss ends at ten leaves, one for each parameter.",
    NEURAL_NETWORKS,
    profile=Profile.GRAPH,
    follows_from=EDGES,
)
def test_graph_tutorial_leaves(torch, nn):
    loss = _loss(torch, nn, convolutional_network(nn))
    assert len(leaves_below(loss.grad_fn)) == 10
