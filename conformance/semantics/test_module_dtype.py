"""Modules: changing the type of the numbers of a module."""

from __future__ import annotations

from conformance.clause import clause
from conformance.profile import Profile
from conformance.refusal import refused
from conformance.semantics._pages import module_method

TO = module_method("to")
CONVERTS = ("module.to-dtype",)


def _model(torch, nn):
    """A module that holds all kinds of tensors: a parameter, a buffer, one of integers; and a submodule."""
    model = nn.Module()
    model.factor = nn.Parameter(torch.tensor([2.5, 3.0]))
    model.register_buffer("mean", torch.tensor([5.0]))
    model.register_buffer("count", torch.tensor([7]))
    model.part = nn.Linear(2, 3)
    return model


def _dtypes(model):
    return [tensor.dtype for tensor in (model.factor, model.part.weight, model.part.bias, model.mean)]


@clause(
    "module.to-dtype",
    "to(dtype) casts the parameters and buffers of the module and of all below it, in place, and returns the module.",
    TO,
    profile=Profile.MODULE,
)
def test_module_to_dtype(torch, nn):
    model = _model(torch, nn)
    assert model.to(torch.float64) is model
    assert _dtypes(model) == [torch.float64] * 4
    assert model.factor.tolist() == [2.5, 3.0]
    assert model.mean.tolist() == [5.0]


@clause(
    "module.to-dtype-leaves-integers",
    "to(dtype) casts floating-point parameters and buffers only; integers keep their type.",
    TO,
    profile=Profile.MODULE,
    follows_from=CONVERTS,
)
def test_module_to_dtype_leaves_integers(torch, nn):
    model = _model(torch, nn).to(dtype=torch.float64)
    assert model.count.dtype == torch.int64
    assert model.count.tolist() == [7]
    assert model.mean.dtype == torch.float64


@clause(
    "module.to-integer-dtype",
    "to() refuses a dtype that is neither floating-point nor complex.",
    TO,
    profile=Profile.MODULE,
)
def test_module_to_integer_dtype(torch, nn):
    model = _model(torch, nn)
    with refused("a module converted to integers"):
        model.to(torch.int64)
    assert _dtypes(model) == [torch.float32] * 4


@clause(
    "module.to-dtype-of-tensor",
    "to(tensor) casts to the dtype of the tensor.",
    TO,
    profile=Profile.MODULE,
    follows_from=CONVERTS,
)
def test_module_to_dtype_of_tensor(torch, nn):
    model = _model(torch, nn)
    assert model.to(torch.tensor([2.0], dtype=torch.float64)) is model
    assert _dtypes(model) == [torch.float64] * 4


@clause(
    "module.converted-keeps-parameters",
    "After to(dtype) the parameters are still registered under their names, leaves, and trained or frozen as before.",
    TO,
    profile=Profile.MODULE,
    follows_from=CONVERTS,
)
def test_module_converted_keeps_parameters(torch, nn):
    model = _model(torch, nn)
    model.part.bias.requires_grad_(requires_grad=False)
    model.to(torch.float64)
    assert [name for name, _ in model.named_parameters()] == ["factor", "part.weight", "part.bias"]
    assert [parameter.requires_grad for parameter in model.parameters()] == [True, True, False]
    assert [parameter.is_leaf for parameter in model.parameters()] == [True] * 3
    assert isinstance(model.factor, nn.Parameter)


@clause(
    "module.double",
    "double() casts floating-point parameters and buffers to float64, in place, and returns the module.",
    module_method("double"),
    profile=Profile.MODULE,
)
def test_module_double(torch, nn):
    model = _model(torch, nn)
    assert model.double() is model
    assert _dtypes(model) == [torch.float64] * 4
    assert model.count.dtype == torch.int64


@clause(
    "module.float",
    "float() casts floating-point parameters and buffers to float32, in place, and returns the module.",
    module_method("float"),
    profile=Profile.MODULE,
    follows_from=("module.double",),
)
def test_module_float(torch, nn):
    model = _model(torch, nn).double()
    assert model.float() is model
    assert _dtypes(model) == [torch.float32] * 4
    assert model.count.dtype == torch.int64


@clause(
    "module.half",
    "half() casts floating-point parameters and buffers to float16, in place, and returns the module.",
    module_method("half"),
    profile=Profile.MODULE,
)
def test_module_half(torch, nn):
    model = _model(torch, nn)
    assert model.half() is model
    assert _dtypes(model) == [torch.float16] * 4
    assert model.count.dtype == torch.int64
    assert model.factor.tolist() == [2.5, 3.0]


@clause(
    "module.bfloat16",
    "bfloat16() casts floating-point parameters and buffers to bfloat16, in place, and returns the module.",
    module_method("bfloat16"),
    profile=Profile.MODULE,
)
def test_module_bfloat16(torch, nn):
    model = _model(torch, nn)
    assert model.bfloat16() is model
    assert _dtypes(model) == [torch.bfloat16] * 4
    assert model.count.dtype == torch.int64


@clause(
    "module.type",
    "type(dtype) casts all parameters and buffers, those of integers too, in place, and returns the module.",
    module_method("type"),
    profile=Profile.MODULE,
)
def test_module_type(torch, nn):
    model = _model(torch, nn)
    assert model.type(torch.float64) is model
    assert _dtypes(model) == [torch.float64] * 4
    assert model.count.dtype == torch.float64
    assert model.count.tolist() == [7.0]
