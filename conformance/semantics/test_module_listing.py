"""Modules: what named_modules(), named_parameters() and named_buffers() can be asked for."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.semantics._pages import module_method

BUFFERS = ("module.buffer-in-state",)
BUFFER = documented("generated/torch.nn.parameter.Buffer.html")


def _counted(torch, nn, value):
    """A module with the buffer 'count'."""
    model = nn.Module()
    model.register_buffer("count", torch.tensor([value]))
    return model


@clause(
    "module.modules-once",
    "modules() returns a module that stands in two places once.",
    module_method("modules"),
    profile=Profile.MODULE,
)
def test_module_modules_once(nn):
    layer, other = nn.Linear(2, 2), nn.Linear(2, 2)
    net = nn.Sequential(layer, nn.Sequential(layer, other))
    assert list(net.modules()) == [net, layer, net[1], other]


@clause(
    "module.named-modules-with-duplicates",
    "With remove_duplicate=False, named_modules() returns a module at each of its places.",
    module_method("named_modules"),
    profile=Profile.MODULE,
    follows_from=("module.named-modules",),
)
def test_module_named_modules_with_duplicates(nn):
    layer = nn.Linear(2, 2)
    net = nn.Sequential(layer, nn.Sequential(layer))
    found = list(net.named_modules(remove_duplicate=False))
    assert found == [("", net), ("0", layer), ("1", net[1]), ("1.0", layer)]


@clause(
    "module.named-modules-prefix",
    "named_modules(prefix=...) puts the prefix before every name.",
    module_method("named_modules"),
    profile=Profile.MODULE,
    follows_from=("module.named-modules",),
)
def test_module_named_modules_prefix(nn):
    net = nn.Sequential(nn.Sequential(nn.Linear(2, 2)))
    assert [name for name, _ in net.named_modules(prefix="net")] == ["net", "net.0", "net.0.0"]


@clause(
    "module.named-parameters-prefix",
    "named_parameters(prefix=...) puts the prefix before every name.",
    module_method("named_parameters"),
    profile=Profile.MODULE,
    follows_from=("module.parameter-names",),
)
def test_module_named_parameters_prefix(torch, nn):
    net = nn.Sequential(nn.Linear(2, 2))
    net.factor = nn.Parameter(torch.tensor([2.0]))
    assert [name for name, _ in net.named_parameters(prefix="net")] == ["net.factor", "net.0.weight", "net.0.bias"]
    assert [name for name, _ in net.named_parameters(prefix="net", recurse=False)] == ["net.factor"]


@clause(
    "module.named-parameters-with-duplicates",
    "With remove_duplicate=False, named_parameters() returns a parameter under each of its names.",
    module_method("named_parameters"),
    profile=Profile.MODULE,
    follows_from=("module.parameter-names",),
)
def test_module_named_parameters_with_duplicates(torch, nn):
    model = nn.Module()
    model.encoder = nn.Parameter(torch.tensor([2.0]))
    model.between = nn.Parameter(torch.tensor([3.0]))
    model.decoder = model.encoder
    named = list(model.named_parameters(remove_duplicate=False))
    assert [name for name, _ in named] == ["encoder", "between", "decoder"]
    assert named[0][1] is named[2][1]


@clause(
    "module.buffers-without-recursion",
    "buffers() goes through the buffers of all submodules; with recurse=False, through the module's own only.",
    module_method("buffers"),
    profile=Profile.MODULE,
    follows_from=BUFFERS,
)
def test_module_buffers_without_recursion(torch, nn):
    model = _counted(torch, nn, 2.0)
    model.part = _counted(torch, nn, 3.0)
    assert [buffer.tolist() for buffer in model.buffers()] == [[2.0], [3.0]]
    assert [buffer.tolist() for buffer in model.buffers(recurse=False)] == [[2.0]]
    assert [name for name, _ in model.named_buffers(recurse=False)] == ["count"]


@clause(
    "module.named-buffers-prefix",
    "named_buffers(prefix=...) puts the prefix before every name.",
    module_method("named_buffers"),
    profile=Profile.MODULE,
    follows_from=BUFFERS,
)
def test_module_named_buffers_prefix(torch, nn):
    model = _counted(torch, nn, 2.0)
    model.part = _counted(torch, nn, 3.0)
    assert [name for name, _ in model.named_buffers(prefix="net")] == ["net.count", "net.part.count"]


@clause(
    "module.named-buffers-duplicates",
    "A buffer that two names share is listed once, under each of its names with remove_duplicate=False.",
    module_method("named_buffers"),
    profile=Profile.MODULE,
    follows_from=BUFFERS,
)
def test_module_named_buffers_duplicates(torch, nn):
    model = _counted(torch, nn, 2.0)
    model.register_buffer("other", torch.tensor([2.0]))
    model.register_buffer("again", model.count)
    assert [name for name, _ in model.named_buffers()] == ["count", "other"]
    assert [name for name, _ in model.named_buffers(remove_duplicate=False)] == ["count", "other", "again"]


@clause(
    "module.buffer-none",
    "A buffer that is registered as None is an attribute that is None, and is left out of state_dict().",
    module_method("register_buffer"),
    profile=Profile.MODULE,
    follows_from=BUFFERS,
)
def test_module_buffer_none(torch, nn):
    model = _counted(torch, nn, 2.0)
    model.register_buffer("mean", None)
    assert model.mean is None
    assert list(model.state_dict()) == ["count"]
    model.double()  # operations that run on buffers pass it over
    assert model.mean is None


@clause(
    "buffer.registers",
    "A Buffer that is assigned to an attribute is listed by buffers() and kept in state_dict(), not by parameters().",
    BUFFER,
    profile=Profile.MODULE,
)
def test_buffer_registers(torch, nn):
    model = nn.Module()
    model.mean = nn.Buffer(torch.tensor([2.0, 3.0]))
    assert isinstance(model.mean, torch.Tensor)
    assert [name for name, _ in model.named_buffers()] == ["mean"]
    assert list(model.parameters()) == []
    assert model.state_dict()["mean"].tolist() == [2.0, 3.0]


@clause(
    "buffer.not-persistent",
    "A Buffer with persistent=False is listed by buffers(), and left out of state_dict().",
    BUFFER,
    profile=Profile.MODULE,
    follows_from=("buffer.registers",),
)
def test_buffer_not_persistent(torch, nn):
    model = nn.Module()
    model.mean = nn.Buffer(torch.tensor([2.0, 3.0]), persistent=False)
    model.kept = nn.Buffer(torch.tensor([5.0]))
    assert [name for name, _ in model.named_buffers()] == ["mean", "kept"]
    assert list(model.state_dict()) == ["kept"]
