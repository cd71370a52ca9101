"""The tutorial on the reference backend: text, shapes, graph, numbers and training, each as torch has it."""

import numpy as np
import pytest
from against_torch import NAMESPACES, assert_same, graph, seeded

from benchmarks.training_step import network


def pair_of_networks(dtype="float64"):
    """Return the network in both namespaces, with the same parameters."""
    ours, theirs = (network(space).to(getattr(space, dtype)) for space in NAMESPACES)
    theirs.load_state_dict({name: NAMESPACES[1].from_numpy(p.numpy().copy()) for name, p in ours.state_dict().items()})
    return ours, theirs


def test_text_and_parameters():
    ours, theirs = pair_of_networks()
    assert repr(ours) == repr(theirs)
    assert [(name, repr(p.size())) for name, p in ours.named_parameters()] == [
        (name, repr(p.size())) for name, p in theirs.named_parameters()
    ]


def test_graph_of_the_loss():
    graphs = []
    for space in NAMESPACES:
        loss = space.nn.MSELoss()(network(space)(space.randn(2, 1, 32, 32)), space.randn(2, 10))
        graphs.append(graph(loss))
        leaves = []
        nodes = [loss.grad_fn]
        while nodes:
            node = nodes.pop()
            leaves += [node.variable] if hasattr(node, "variable") else []
            nodes += [below for below, _ in node.next_functions if below is not None]
        assert len(leaves) == 10
    assert graphs[0] == graphs[1]


@pytest.mark.parametrize("batch", [1, 3, 0])
def test_output_loss_and_gradients(batch):
    results = []
    for space, model in zip(NAMESPACES, pair_of_networks(), strict=True):
        x = space.from_numpy(seeded((batch, 1, 32, 32))).requires_grad_()
        output = model(x)
        loss = space.nn.MSELoss(reduction="sum")(output, space.from_numpy(seeded((batch, 10), seed=1)))
        loss.backward()
        results.append([output, loss, x.grad, *[p.grad for p in model.parameters()]])
    for ours, theirs in zip(*results, strict=True):
        assert_same(ours, theirs, 1e-11)


@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-10), ("float32", 1e-4)])
def test_training(dtype, tolerance):
    losses = []
    models = pair_of_networks(dtype)
    for space, model in zip(NAMESPACES, models, strict=True):
        x, y = (space.from_numpy(seeded(shape, dtype)) for shape in ((4, 1, 32, 32), (4, 10)))
        optimizer = space.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
        taken = []
        for _ in range(8):
            optimizer.zero_grad()
            loss = space.nn.MSELoss()(model(x), y)
            loss.backward()
            optimizer.step()
            taken.append(loss.item())
        losses.append(taken)
    np.testing.assert_allclose(*losses, rtol=tolerance)
    assert losses[0][-1] < losses[0][0]
    for ours, theirs in zip(*(model.parameters() for model in models), strict=True):
        assert_same(ours, theirs, tolerance)


def test_manual_rule_equals_the_optimizer():
    space = NAMESPACES[0]
    one, two = network(space), network(space)
    two.load_state_dict(one.state_dict())
    x, y = space.randn(2, 1, 32, 32), space.randn(2, 10)
    optimizer = space.optim.SGD(params=two.parameters(), lr=0.01)
    for model in (one, two):
        space.nn.MSELoss()(model(x), y).backward()
    for p in one.parameters():
        p.data.sub_(p.grad.data * 0.01)
    optimizer.step()
    for first, second in zip(one.parameters(), two.parameters(), strict=True):
        assert first.tolist() == second.tolist()


def test_wrong_size_is_refused_at_the_first_dense_layer():
    for space in NAMESPACES:
        with pytest.raises(RuntimeError):
            network(space)(space.randn(1, 1, 40, 40))


def test_wrapping_a_single_sample():
    space = NAMESPACES[0]
    model, sample = network(space), space.randn(1, 32, 32)
    assert model(sample.unsqueeze(0)).shape == (1, 10)
