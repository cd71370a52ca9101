"""nn.utils: gradients clipped in place, and parameters as one vector."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile

NORM = documented("generated/torch.nn.utils.clip_grad_norm_.html")
VALUE = documented("generated/torch.nn.utils.clip_grad_value_.html")
TO_VECTOR = documented("generated/torch.nn.utils.parameters_to_vector.html")
FROM_VECTOR = documented("generated/torch.nn.utils.vector_to_parameters.html")


def _with_gradient(torch, nn, numbers):
    parameter = nn.Parameter(torch.zeros(len(numbers)))
    parameter.grad = torch.tensor(numbers)
    return parameter


def _two_parameters(torch, nn):
    return nn.Parameter(torch.tensor([[1.0, 2.0], [3.0, 4.0]])), nn.Parameter(torch.tensor([5.0]))


@clause(
    "clip_grad.in-place",
    "Gradients are clipped in place: .grad stays the tensor that it was.",
    NORM,
    profile=Profile.OPTIMIZER,
)
def test_clip_grad_in_place(torch, nn):
    by_norm, by_value = _with_gradient(torch, nn, [3.0, 4.0]), _with_gradient(torch, nn, [3.0, -4.0])
    held = by_norm.grad, by_value.grad
    nn.utils.clip_grad_norm_([by_norm], 0.0)
    nn.utils.clip_grad_value_([by_value], 2.0)
    assert held[0].tolist() == [0.0, 0.0]
    assert held[1].tolist() == [2.0, -2.0]
    assert by_norm.grad is held[0]
    assert by_value.grad is held[1]


@clause(
    "clip_grad.one-tensor",
    "A single tensor may be given in the place of an iterable of them; it is the one whose gradient is clipped.",
    VALUE,
    profile=Profile.OPTIMIZER,
)
def test_clip_grad_one_tensor(torch, nn):
    by_norm, by_value = _with_gradient(torch, nn, [3.0, 4.0]), _with_gradient(torch, nn, [3.0, -4.0])
    assert nn.utils.clip_grad_norm_(by_norm, 0.0).item() == 5.0
    nn.utils.clip_grad_value_(by_value, 2.0)
    assert by_norm.grad.tolist() == [0.0, 0.0]
    assert by_value.grad.tolist() == [2.0, -2.0]


@clause(
    "clip_grad.any-iterable",
    "The parameters may come from an iterator such as model.parameters(): all their gradients are clipped.",
    NORM,
    profile=Profile.OPTIMIZER,
)
def test_clip_grad_any_iterable(torch, nn):
    parameters = [_with_gradient(torch, nn, [3.0]), _with_gradient(torch, nn, [4.0])]
    assert nn.utils.clip_grad_norm_(iter(parameters), 0.0).item() == 5.0
    assert [parameter.grad.item() for parameter in parameters] == [0.0, 0.0]


@clause(
    "parameters_to_vector.value",
    "parameters_to_vector() gives one vector of all parameters, flattened, one after the other.",
    TO_VECTOR,
    profile=Profile.MODULE,
)
def test_parameters_to_vector_value(torch, nn):
    vector = nn.utils.parameters_to_vector(iter(_two_parameters(torch, nn)))
    assert vector.tolist() == [1.0, 2.0, 3.0, 4.0, 5.0]


@clause(
    "vector_to_parameters.value",
    "vector_to_parameters() copies consecutive slices of the vector into the parameters, each in its own shape.",
    FROM_VECTOR,
    profile=Profile.MODULE,
)
def test_vector_to_parameters_value(torch, nn):
    matrix, number = _two_parameters(torch, nn)
    nn.utils.vector_to_parameters(torch.tensor([9.0, 8.0, 7.0, 6.0, 5.5]), iter([matrix, number]))
    assert matrix.tolist() == [[9.0, 8.0], [7.0, 6.0]]
    assert number.tolist() == [5.5]
