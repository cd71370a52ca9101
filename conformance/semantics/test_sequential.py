"""Sequential: modules one after the other."""

from __future__ import annotations

from collections import OrderedDict

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.semantics._pages import MODULE_NOTES
from conformance.semantics._tutorial import convolutional_network, image, sequential_network, with_whole_numbers

SEQUENTIAL = documented("generated/torch.nn.Sequential.html")
CHAINS = ("sequential.chains",)


def _arithmetic(nn):
    """Two modules whose order shows in the result."""

    class AddThree(nn.Module):
        def forward(self, x):
            return x + 3.0

    class Double(nn.Module):
        def forward(self, x):
            return x * 2.0

    return AddThree(), Double()


@clause(
    "sequential.chains",
    "A Sequential gives its input to its first module, every output to the next, and returns the last output.",
    SEQUENTIAL,
    profile=Profile.MODULE,
)
def test_sequential_chains(torch, nn):
    add_three, double = _arithmetic(nn)
    assert nn.Sequential(add_three, double)(torch.tensor([5.0])).tolist() == [16.0]
    assert nn.Sequential(double, add_three)(torch.tensor([5.0])).tolist() == [13.0]


@clause(
    "sequential.numbered-names",
    "Modules that are passed in order are children named '0', '1' and so on.",
    MODULE_NOTES,
    profile=Profile.MODULE,
)
def test_sequential_numbered_names(nn):
    layers = [nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 1)]
    net = nn.Sequential(*layers)
    assert list(net.named_children()) == [("0", layers[0]), ("1", layers[1]), ("2", layers[2])]
    assert [name for name, _ in net.named_parameters()] == ["0.weight", "0.bias", "2.weight", "2.bias"]


@clause(
    "sequential.ordered-dict",
    "Modules that are passed in an OrderedDict are children under its keys, and run in its order.",
    SEQUENTIAL,
    profile=Profile.MODULE,
    follows_from=CHAINS,
)
def test_sequential_ordered_dict(torch, nn):
    add_three, double = _arithmetic(nn)
    net = nn.Sequential(OrderedDict([("twofold", double), ("increase", add_three)]))
    assert list(net.named_children()) == [("twofold", double), ("increase", add_three)]
    assert net.increase is add_three
    assert net(torch.tensor([5.0])).tolist() == [13.0]


@clause(
    "sequential.module-twice",
    "A module that stands twice in a Sequential is applied twice, and its parameter gets the sum of both gradients.",
    documented("generated/torch.nn.Module.html#torch.nn.Module.named_modules"),
    profile=Profile.MODULE,
    follows_from=CHAINS,
)
def test_sequential_module_twice(torch, nn):
    class Scale(nn.Module):
        def __init__(self):
            super().__init__()
            self.factor = nn.Parameter(torch.tensor([3.0]))

        def forward(self, x):
            return x * self.factor

    scale = Scale()
    output = nn.Sequential(scale, scale)(torch.tensor([5.0]))
    assert output.tolist() == [45.0]  # 5 f^2 at f = 3
    output.sum().backward()
    assert scale.factor.grad.tolist() == [30.0]  # 10 f


@clause(
    "sequential.same-as-subclass",
    "The tutorial's network gives the same numbers and the same gradients as a Sequential and as a subclass of Module.",
    SEQUENTIAL,
    profile=Profile.TRAINING,
    follows_from=(*CHAINS, "sequential.ordered-dict"),
)
def test_sequential_same_as_subclass(torch, nn):
    subclass = with_whole_numbers(torch, convolutional_network(nn))
    sequential = with_whole_numbers(torch, sequential_network(nn))
    outputs = [model(image(torch)) for model in (subclass, sequential)]
    for output in outputs:
        output.sum().backward()

    assert outputs[0].tolist() == outputs[1].tolist()
    assert all(value != 0.0 for value in outputs[0].tolist()[0])
    for (name, parameter), (same_name, same) in zip(
        subclass.named_parameters(), sequential.named_parameters(), strict=True
    ):
        assert name == same_name
        assert parameter.grad.tolist() == same.grad.tolist(), name
