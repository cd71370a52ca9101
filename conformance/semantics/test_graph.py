"""The graph: grad_fn, its name, and the edges to the functions before it."""

from __future__ import annotations

import re

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.semantics._graph import ACCUMULATE, name_of, next_of
from conformance.semantics._pages import AUTOGRAD_NOTES, NEURAL_NETWORKS

NEXT_FUNCTIONS = documented("generated/torch.autograd.graph.Node.next_functions.html")
NAME = documented("generated/torch.autograd.graph.Node.name.html")
LEAF = documented("generated/torch.Tensor.is_leaf.html")
EDGES = ("graph.edges",)


@clause(
    "graph.leaf-without-function",
    "The grad_fn of a leaf is None.",
    LEAF,
    profile=Profile.GRAPH,
)
def test_graph_leaf_without_function(torch, nn):
    assert torch.tensor([2.0], requires_grad=True).grad_fn is None
    assert torch.tensor([2.0]).grad_fn is None
    assert nn.Parameter(torch.tensor([2.0])).grad_fn is None


@clause(
    "graph.function-of-a-result",
    "The grad_fn of a result is the node of the operation that made it, the same one each time it is asked for.",
    AUTOGRAD_NOTES,
    profile=Profile.GRAPH,
)
def test_graph_function_of_a_result(torch):
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    y = x * x
    z = y * 2.0
    assert y.grad_fn is not None
    assert y.grad_fn is y.grad_fn
    assert next_of(z.grad_fn)[0] is y.grad_fn


@clause(
    "graph.node-name",
    "name() of a node is the name of its operation and 'Backward', with or without a digit at the end.",
    NAME,
    profile=Profile.GRAPH,
    dialects={
        "digit": "the name ends in a digit, as in CloneBackward0",
        "no-digit": "the name ends in Backward, as in older versions",
    },
)
def test_graph_node_name(torch, dialect):
    a = torch.tensor([0.0, 0.0, 0.0], requires_grad=True)
    name = a.clone().grad_fn.name()
    assert re.fullmatch(r"CloneBackward\d?", name)
    dialect("digit" if name[-1].isdigit() else "no-digit")


@clause(
    "graph.node-text",
    "A node is printed as its name and its address, between angle brackets.",
    NEURAL_NETWORKS,
    profile=Profile.GRAPH,
    follows_from=("graph.node-name",),
)
def test_graph_node_text(torch, nn):
    output = torch.tensor([2.0, 3.0], requires_grad=True)
    loss = nn.MSELoss()(output, torch.tensor([5.0, 7.0]))
    assert re.fullmatch(r"<MseLossBackward\d? object at 0x[0-9A-Fa-f]+>", str(loss.grad_fn))
    assert re.fullmatch(r"<AccumulateGrad object at 0x[0-9A-Fa-f]+>", str(loss.grad_fn.next_functions[0][0]))


@clause(
    "graph.edges",
    "next_functions is a tuple of edges: pairs of a node and the number of that node's output.",
    NEXT_FUNCTIONS,
    profile=Profile.GRAPH,
)
def test_graph_edges(torch):
    x = torch.tensor([2.0], requires_grad=True)
    y = x * x
    z = y.clone()
    assert isinstance(z.grad_fn.next_functions, tuple)
    assert z.grad_fn.next_functions == ((y.grad_fn, 0),)


@clause(
    "graph.edges-in-order-of-inputs",
    "The edges of a node are in the order of the operation's inputs.",
    NEXT_FUNCTIONS,
    profile=Profile.GRAPH,
    follows_from=EDGES,
)
def test_graph_edges_in_order_of_inputs(torch):
    x = torch.tensor([2.0], requires_grad=True)
    y = torch.tensor([3.0], requires_grad=True) + torch.tensor([5.0], requires_grad=True)
    assert [name_of(node) for node in next_of((x * y).grad_fn)] == [ACCUMULATE, "AddBackward"]
    assert [name_of(node) for node in next_of((y * x).grad_fn)] == ["AddBackward", ACCUMULATE]


@clause(
    "graph.edge-of-a-constant",
    "The edge of an input that does not require gradients leads to None, or is left out.",
    NEXT_FUNCTIONS,
    profile=Profile.GRAPH,
    follows_from=EDGES,
    dialects={
        "none": "there is an edge, and its node is None",
        "absent": "there is no edge",
    },
)
def test_graph_edge_of_a_constant(torch, dialect):
    x = torch.tensor([2.0], requires_grad=True)
    constant = torch.tensor([3.0])
    if len(next_of((x * constant).grad_fn)) == 1:
        dialect("absent")
        expected: list[list[str | None]] = [[ACCUMULATE], [ACCUMULATE]]
    else:
        dialect("none")
        expected = [[ACCUMULATE, None], [None, ACCUMULATE]]
    products = (x * constant, constant * x)
    found = [[None if node is None else name_of(node) for node in next_of(product.grad_fn)] for product in products]
    assert found == expected


@clause(
    "graph.ends-at-leaves",
    "A leaf is represented by an AccumulateGrad node, which has no edges.",
    NEURAL_NETWORKS,
    profile=Profile.GRAPH,
    follows_from=EDGES,
)
def test_graph_ends_at_leaves(torch, nn):
    for leaf in (torch.tensor([2.0], requires_grad=True), nn.Parameter(torch.tensor([2.0]))):
        (end,) = next_of(leaf.clone().grad_fn)
        assert name_of(end) == ACCUMULATE
        assert end.next_functions == ()
