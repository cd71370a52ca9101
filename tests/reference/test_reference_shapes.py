"""Views, axes, indexing, joining and creation in the reference backend against torch."""

import numpy as np
import pytest
from against_torch import NAMESPACES, agree, both_refuse, graph, seeded

VIEWS = {
    "view": lambda _, x: x.view(6, -1),
    "view of a tuple": lambda _, x: x.view((4, 6)),
    "view of a size": lambda _, x: x.view(x.size()),
    "view to one": lambda _, x: x[0, 0, 0].view(1, 1),
    "reshape": lambda _, x: x.reshape(-1),
    "reshape of a view": lambda _, x: x.transpose(0, 2).reshape(4, 6),
    "view of a transposed": lambda _, x: x.transpose(0, 1).view(3, 2, 2, 2),
    "permute": lambda _, x: x.permute(2, 0, 1),
    "permute from behind": lambda space, x: space.permute(x, (-1, 0, 1)),
    "transpose": lambda _, x: x.transpose(0, -1),
    "t": lambda _, x: x[0].t(),
    "T": lambda _, x: x[0].T,
    "mT": lambda _, x: x.mT,
    "unsqueeze": lambda space, x: (x.unsqueeze(0), x.unsqueeze(-1), space.unsqueeze(x, 2)),
    "squeeze": lambda _, x: (x[:1].squeeze(), x[:1].squeeze(0), x.squeeze(0), x[:1, :1].squeeze((0, 1))),
    "expand": lambda _, x: x[:1].expand(5, -1, 4),
    "expand with new": lambda _, x: x[0].expand(2, 3, 4) * x,
    "broadcast_to": lambda space, x: space.broadcast_to(x[0], (2, 2, 3, 4)),
    "select": lambda _, x: (x[1], x.select(1, -1), x[-1, 2]),
    "slice": lambda _, x: (x[:, 1:], x[..., ::2], x[0, :, None, 1:3], x[None]),
    "ellipsis": lambda _, x: (x[..., 0], x[1, ..., 2], x[...]),
    "narrow": lambda _, x: x.narrow(1, 1, 2),
    "unbind": lambda _, x: tuple(x.unbind(1)),
    "iterate": lambda _, x: [row * 2 for row in x],
    "list": lambda _, x: x[[1, 0, 1]],
    "tensor": lambda space, x: x[space.tensor([0, 1, 1]), space.tensor([2, 0, 0])],
    "tensor and slice": lambda space, x: x[:, space.tensor([[0, 2], [1, 1]]), 1:],
    "number tensor": lambda space, x: x[space.tensor(1)],
    "mask": lambda _, x: x[x > 0],
    "row mask": lambda space, x: x[space.tensor([True, False])],
    "cat": lambda space, x: space.cat([x, x * 2, x[:1]], 0),
    "cat last": lambda space, x: space.cat((x[..., :1], x), dim=-1),
    "stack": lambda space, x: (space.stack([x, x * 2]), space.stack((x, x), -1)),
}


@pytest.mark.parametrize("name", VIEWS)
def test_shapes_values_and_gradients(name):
    agree(VIEWS[name], seeded((2, 3, 4)))


@pytest.mark.parametrize("name", [name for name in VIEWS if name not in ("iterate", "unbind")])
def test_memory_is_shared_exactly_where_torch_shares_it(name):
    shared = []
    for namespace in NAMESPACES:
        x = namespace.from_numpy(seeded((2, 3, 4)))
        results = VIEWS[name](namespace, x)
        results = results if isinstance(results, tuple) else (results,)
        shared.append([bool(np.shares_memory(result.numpy(), x.numpy())) for result in results])
    assert shared[0] == shared[1]


GRAPHS = [
    "view",
    "reshape",
    "reshape of a view",
    "permute",
    "transpose",
    "t",
    "T",
    "select",
    "cat",
    "expand",
    "list",
    "mask",
]


@pytest.mark.parametrize("name", GRAPHS)
def test_graphs(name):
    texts = []
    for namespace in NAMESPACES:
        results = VIEWS[name](namespace, namespace.from_numpy(seeded((2, 3, 4))).requires_grad_())
        texts.append([graph(result) for result in (results if isinstance(results, tuple) else (results,))][:2])
    assert texts[0] == texts[1]


REFUSED = {
    "other count": (lambda _, x: x.view(5, 5), RuntimeError),
    "two inferred": (lambda _, x: x.view(-1, -1), RuntimeError),
    "nothing to infer": (lambda space, _x: space.zeros(0, 3).view(-1, 0), RuntimeError),
    "not divisible": (lambda _, x: x.view(-1, 5), RuntimeError),
    "size no int": (lambda _, x: x.view(2.0, 12), TypeError),
    "view that needs a copy": (lambda _, x: x.transpose(0, 1).view(24), RuntimeError),
    "permute too few": (lambda _, x: x.permute(0, 1), RuntimeError),
    "permute twice": (lambda _, x: x.permute(0, 1, 1), RuntimeError),
    "transpose outside": (lambda _, x: x.transpose(0, 3), IndexError),
    "t of three": (lambda _, x: x.t(), RuntimeError),
    "expand": (lambda _, x: x.expand(2, 5, 4), RuntimeError),
    "expand fewer": (lambda _, x: x.expand(3, 4), RuntimeError),
    "index outside": (lambda _, x: x[5], IndexError),
    "too many indices": (lambda _, x: x[0, 0, 0, 0], IndexError),
    "negative step": (lambda _, x: x[::-1], ValueError),
    "float index": (lambda _, x: x[1.5], IndexError),
    "cat of nothing": (lambda space, _x: space.cat([]), Exception),
    "cat of other sizes": (lambda space, x: space.cat([x, x[:, :2]]), RuntimeError),
    "stack of other sizes": (lambda space, x: space.stack([x, x[:, :2]]), RuntimeError),
    "len of a scalar": (lambda _, x: len(x[0, 0, 0]), TypeError),
    "iterate over a scalar": (lambda _, x: list(x[0, 0, 0]), TypeError),
    "squeeze outside": (lambda _, x: x.squeeze(3), IndexError),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    run, error = REFUSED[name]
    both_refuse(run, seeded((2, 3, 4)), error=error)


def test_questions():
    for namespace in NAMESPACES:
        x = namespace.zeros(2, 3, 4)
        assert (x.dim(), x.ndim, x.numel(), len(x), x.size(1), x.size(-1)) == (3, 3, 24, 2, 3, 4)
        assert (x.shape, x.size(), tuple(x.stride())) == ((2, 3, 4), (2, 3, 4), (12, 4, 1))
        assert (x.is_contiguous(), x.transpose(0, 1).is_contiguous(), x.is_floating_point()) == (True, False, True)
        assert (x.element_size(), namespace.is_tensor(x), namespace.is_tensor(3)) == (4, True, False)
        assert x.data_ptr() + 16 == x[0, 1].data_ptr()


def test_assignment():
    def assign(index, value):
        def run(space, x):
            y = x * 1
            y[index(space)] = value(space)
            return y

        return run

    for index in (
        lambda _: 0,
        lambda _: (slice(None), 1),
        lambda _: [0, 1],
        lambda space: space.tensor([True, False]),
        lambda _: (..., None, 2),
    ):
        for value in (lambda _: 7, lambda _: -1.5):
            agree(assign(index, value), seeded((2, 3)))

    def with_gradient(space, x, v):
        y = space.zeros(2, 3, dtype=space.float64)
        y[1] = v
        y[0, :2] = x[0, 1:]
        y[:, 2:] = v[0]
        return y

    agree(with_gradient, seeded((2, 3)), seeded((3,), seed=1))
    both_refuse(lambda space, x: (x * 1).__setitem__(0, space.ones(5)), seeded((2, 3)), error=RuntimeError)
    both_refuse(lambda _, x: x.__setitem__(0, 1), seeded((2, 3)), error=RuntimeError)
