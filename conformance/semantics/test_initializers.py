"""nn.init: in place, outside of the tape, and from the generator that is given."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile

INIT = documented("nn.init.html")
CALLS = (
    ("uniform_", ()),
    ("normal_", ()),
    ("trunc_normal_", ()),
    ("xavier_uniform_", ()),
    ("xavier_normal_", ()),
    ("kaiming_uniform_", ()),
    ("kaiming_normal_", ()),
    ("orthogonal_", ()),
)
"""The initializers that draw numbers alone, each with the arguments that it needs."""

SPARSE = ("sparse_", (0.5,))


def _require_generator(torch, nn, name, arguments):
    """Draw three times from a generator of its own, the default one in another state each time."""
    drawn: list[object] = []
    for seed in (5, 6, 5):
        torch.manual_seed(len(drawn))
        tensor = torch.zeros(8, 6)
        generator = torch.Generator(device=tensor.device)
        generator.manual_seed(seed)
        getattr(nn.init, name)(tensor, *arguments, generator=generator)
        drawn.append(tensor.tolist())
    assert drawn[0] == drawn[2], f"{name} depends on more than its generator"
    assert drawn[0] != drawn[1], f"{name} does not depend on its generator"


@clause(
    "initializer.no-grad",
    "Initializers run without gradients: a parameter may be filled in place, and stays a leaf that nothing made.",
    INIT,
    profile=Profile.INITIALIZER,
    follows_from=("graph.leaf-without-function", "no_grad.result"),
)
def test_initializer_no_grad(torch, nn):
    for name, arguments in (*CALLS, SPARSE, ("constant_", (3.0,)), ("ones_", ()), ("zeros_", ()), ("eye_", ())):
        parameter = nn.Parameter(torch.full((4, 6), 7.0))
        getattr(nn.init, name)(parameter, *arguments)
        assert parameter.detach().tolist() != [[7.0] * 6] * 4, name
        assert parameter.is_leaf, name
        assert parameter.grad_fn is None, name
        assert parameter.requires_grad, name


@clause(
    "initializer.generator",
    "Initializers draw from the generator that is given, and from no other.",
    INIT,
    profile=Profile.INITIALIZER,
)
def test_initializer_generator(torch, nn):
    for name, arguments in CALLS:
        _require_generator(torch, nn, name, arguments)


@clause(
    "initializer.generator-of-zeros",
    "sparse_ draws from the generator that is given, where the zeros are too.",
    documented("nn.init.html#torch.nn.init.sparse_"),
    profile=Profile.INITIALIZER,
    follows_from=("initializer.generator",),
)
def test_initializer_generator_of_zeros(torch, nn):
    _require_generator(torch, nn, *SPARSE)
