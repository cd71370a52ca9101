"""Embedding and EmbeddingBag as modules: their matrix, its first values and its row of padding."""

from __future__ import annotations

import numpy as np

from conformance.clause import clause, documented
from conformance.distribution import FALSE_ALARM, Normal, allowed_distance, distance
from conformance.oracle import Arithmetic, Bounded
from conformance.profile import Profile

EMBEDDING = documented("generated/torch.nn.Embedding.html")
BAG = documented("generated/torch.nn.EmbeddingBag.html")
ROWS = [[1.0, 2.5], [4.0, 5.5], [-3.0, 0.25]]


@clause(
    "embedding_module.weight",
    "The matrix of an Embedding is its one parameter, weight, of shape (num_embeddings, embedding_dim).",
    EMBEDDING,
    profile=Profile.MODULE,
)
def test_embedding_module_weight(nn):
    module = nn.Embedding(5, 3)
    assert [(name, tuple(p.shape), p.requires_grad) for name, p in module.named_parameters()] == [
        ("weight", (5, 3), True)
    ]


@clause(
    "embedding_module.initial-weight",
    "The matrix of a new Embedding is drawn from the standard normal distribution (false alarms: below 1e-9 a check).",
    EMBEDDING,
    profile=Profile.MODULE,
)
def test_embedding_module_initial_weight(nn):
    _require_normal(nn.Embedding(128, 64).weight)


@clause(
    "embedding_module.padding-zeros",
    "The row at padding_idx of a new Embedding is zeros, and no other row is.",
    EMBEDDING,
    profile=Profile.MODULE,
)
def test_embedding_module_padding_zeros(nn):
    assert _zero_rows(nn.Embedding(4, 3, padding_idx=1)) == [1]
    assert _zero_rows(nn.Embedding(4, 3, padding_idx=0)) == [0]
    assert _zero_rows(nn.Embedding(4, 3)) == []


@clause(
    "embedding_module.padding-changed",
    "The row at padding_idx may be given other values, which are looked up then.",
    EMBEDDING,
    profile=Profile.MODULE,
)
def test_embedding_module_padding_changed(torch, nn):
    module = nn.Embedding(3, 2, padding_idx=1)
    with torch.no_grad():
        module.weight[1] = torch.tensor([5.0, -2.0])
    assert module(torch.tensor([1])).tolist() == [[5.0, -2.0]]


@clause(
    "embedding_module.padding-fixed",
    "The row at padding_idx is not updated in training.",
    EMBEDDING,
    profile=Profile.MODULE,
)
def test_embedding_module_padding_fixed(torch, nn, optim):
    module = nn.Embedding(3, 2, padding_idx=-1)
    with torch.no_grad():
        module.weight[0] = torch.tensor([1.0, 2.0])
        module.weight[2] = torch.tensor([8.0, 4.0])
    module(torch.tensor([2, 0, 2])).sum().backward()
    optim.SGD(module.parameters(), lr=0.5).step()
    assert module.weight[2].tolist() == [8.0, 4.0]
    assert module.weight[0].tolist() == [0.5, 1.5]


@clause(
    "embedding_module.from-pretrained",
    "from_pretrained takes the number and the length of its rows, and the rows, from a given matrix.",
    EMBEDDING,
    profile=Profile.MODULE,
)
def test_embedding_module_from_pretrained(torch, nn):
    module = nn.Embedding.from_pretrained(torch.tensor(ROWS))
    assert (module.num_embeddings, module.embedding_dim) == (3, 2)
    assert module(torch.tensor([1, 0])).tolist() == [ROWS[1], ROWS[0]]


@clause(
    "embedding_module.frozen",
    "from_pretrained gives a matrix that is not trained, unless freeze is False.",
    EMBEDDING,
    profile=Profile.MODULE,
    follows_from=("embedding_module.from-pretrained",),
)
def test_embedding_module_frozen(torch, nn):
    make = nn.Embedding.from_pretrained
    assert not make(torch.tensor(ROWS)).weight.requires_grad
    assert not make(torch.tensor(ROWS), freeze=True).weight.requires_grad
    assert make(torch.tensor(ROWS), freeze=False).weight.requires_grad


@clause(
    "embedding_bag_module.weight",
    "The matrix of an EmbeddingBag is its one parameter, weight, of shape (num_embeddings, embedding_dim).",
    BAG,
    profile=Profile.MODULE,
)
def test_embedding_bag_module_weight(nn):
    module = nn.EmbeddingBag(5, 3)
    assert [(name, tuple(p.shape), p.requires_grad) for name, p in module.named_parameters()] == [
        ("weight", (5, 3), True)
    ]


@clause(
    "embedding_bag_module.initial-weight",
    "The matrix of a new EmbeddingBag is drawn from the standard normal distribution (false alarms: below 1e-9 a "
    "check).",
    BAG,
    profile=Profile.MODULE,
)
def test_embedding_bag_module_initial_weight(nn):
    _require_normal(nn.EmbeddingBag(128, 64).weight)


@clause(
    "embedding_bag_module.padding-zeros",
    "The row at padding_idx of a new EmbeddingBag is zeros, and no other row is.",
    BAG,
    profile=Profile.MODULE,
)
def test_embedding_bag_module_padding_zeros(nn):
    assert _zero_rows(nn.EmbeddingBag(4, 3, padding_idx=2)) == [2]
    assert _zero_rows(nn.EmbeddingBag(4, 3, padding_idx=0)) == [0]
    assert _zero_rows(nn.EmbeddingBag(4, 3)) == []


@clause(
    "embedding_bag_module.from-pretrained",
    "from_pretrained takes the rows from a given matrix, and reduces them to means unless mode says otherwise.",
    BAG,
    profile=Profile.MODULE,
)
def test_embedding_bag_module_from_pretrained(torch, nn):
    bags = torch.tensor([[1, 0], [2, 2]])
    make = nn.EmbeddingBag.from_pretrained
    assert make(torch.tensor(ROWS))(bags).tolist() == [[2.5, 4.0], [-3.0, 0.25]]
    assert make(torch.tensor(ROWS), mode="sum")(bags).tolist() == [[5.0, 8.0], [-6.0, 0.5]]


@clause(
    "embedding_bag_module.frozen",
    "from_pretrained gives a matrix that is not trained, unless freeze is False.",
    BAG,
    profile=Profile.MODULE,
    follows_from=("embedding_bag_module.from-pretrained",),
)
def test_embedding_bag_module_frozen(torch, nn):
    make = nn.EmbeddingBag.from_pretrained
    assert not make(torch.tensor(ROWS)).weight.requires_grad
    assert make(torch.tensor(ROWS), freeze=False).weight.requires_grad


def _zero_rows(module):
    return [row for row, values in enumerate(module.weight.tolist()) if not any(values)]


def _require_normal(weight):
    drawn, single = np.array(weight.tolist()), Arithmetic.of("float32")
    standard = Normal(Bounded.constant(0.0, single), Bounded.constant(1.0, single))
    found = distance(drawn, standard, single.roundoff)
    assert found.size <= allowed_distance(drawn.size, FALSE_ALARM), f"not standard normal: {found}"
