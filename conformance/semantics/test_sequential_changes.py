"""Sequential: adding modules to one and taking them away."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile

CHAINS = ("sequential.chains", "sequential.numbered-names")


def _method(name):
    return documented(f"generated/torch.nn.Sequential.html#torch.nn.Sequential.{name}")


def _steps(nn):
    """Modules whose order shows in the result: add 3, double, square."""

    class Add(nn.Module):
        def forward(self, x):
            return x + 3.0

    class Double(nn.Module):
        def forward(self, x):
            return x * 2.0

    class Square(nn.Module):
        def forward(self, x):
            return x * x

    return Add(), Double(), Square()


@clause(
    "sequential.append",
    "append(module) adds a module at the end, which is run last, and returns the Sequential.",
    _method("append"),
    profile=Profile.MODULE,
    follows_from=CHAINS,
)
def test_sequential_append(torch, nn):
    add, double, square = _steps(nn)
    net = nn.Sequential(add, double)
    assert net.append(square) is net
    assert list(net.named_children()) == [("0", add), ("1", double), ("2", square)]
    assert net(torch.tensor([1.0])).tolist() == [64.0]


@clause(
    "sequential.insert",
    "insert(index, module) puts a module at the index, the one that was there coming next, and returns the Sequential.",
    _method("insert"),
    profile=Profile.MODULE,
    follows_from=CHAINS,
)
def test_sequential_insert(torch, nn):
    add, double, square = _steps(nn)
    net = nn.Sequential(add, double)
    assert net.insert(1, square) is net
    assert list(net.named_children()) == [("0", add), ("1", square), ("2", double)]
    assert net(torch.tensor([1.0])).tolist() == [32.0]


@clause(
    "sequential.extend",
    "extend(other) adds the modules of another Sequential at the end, in their order, and returns the Sequential.",
    _method("extend"),
    profile=Profile.MODULE,
    follows_from=CHAINS,
)
def test_sequential_extend(torch, nn):
    add, double, square = _steps(nn)
    net, other = nn.Sequential(add), nn.Sequential(square, double)
    assert net.extend(other) is net
    assert list(net.named_children()) == [("0", add), ("1", square), ("2", double)]
    assert list(other.children()) == [square, double]
    assert net(torch.tensor([1.0])).tolist() == [32.0]


@clause(
    "sequential.sum",
    "The sum of two Sequentials runs the modules of the first, then those of the second, and leaves both as they were.",
    _method("extend"),
    profile=Profile.MODULE,
    follows_from=CHAINS,
)
def test_sequential_sum(torch, nn):
    add, double, square = _steps(nn)
    first, second = nn.Sequential(add), nn.Sequential(square, double)
    both = first + second
    assert list(both.named_children()) == [("0", add), ("1", square), ("2", double)]
    assert both(torch.tensor([1.0])).tolist() == [32.0]
    assert (list(first.children()), list(second.children())) == ([add], [square, double])


@clause(
    "sequential.pop",
    "pop(key) removes the module at the key and returns it.",
    _method("pop"),
    profile=Profile.MODULE,
    follows_from=CHAINS,
)
def test_sequential_pop(torch, nn):
    add, double, square = _steps(nn)
    net = nn.Sequential(add, double, square)
    assert net.pop(1) is double
    assert list(net.children()) == [add, square]
    assert net(torch.tensor([1.0])).tolist() == [16.0]
