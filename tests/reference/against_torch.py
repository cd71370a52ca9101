"""Runs one piece of code in the reference namespace and in torch, and compares everything that comes out."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from adapters.reference.namespace import torch as reference

torch = pytest.importorskip("torch")

torch.set_num_threads(1)  # the tensors are small, and test processes run beside each other

NAMESPACES = (reference, torch)
TOLERANCE = {"float64": 1e-12, "float32": 2e-5, "float16": 2e-3}


def leaves(namespace, arrays):
    """Return tensors of the arrays; those of floating-point numbers require gradients."""
    tensors = [namespace.from_numpy(np.array(array, order="K")) for array in arrays]
    return [tensor.requires_grad_() if tensor.dtype.is_floating_point else tensor for tensor in tensors]


def seeded(shape, dtype="float64", seed=0):
    """Return standard normal numbers that depend on nothing but the arguments."""
    return np.random.default_rng(seed).standard_normal(shape).astype(dtype)


def outcome(namespace, run, arrays):
    """Return every result of ``run``, and the gradient of every input from one cotangent for each result."""
    inputs = leaves(namespace, arrays)
    results = run(namespace, *inputs)
    results = list(results) if isinstance(results, (tuple, list)) else [results]
    tracked = [result for result in results if result.requires_grad]
    if tracked:
        cotangents = [
            namespace.from_numpy(seeded(tuple(result.shape), str(result.dtype).partition(".")[2], seed=index + 1))
            for index, result in enumerate(tracked)
        ]
        namespace.autograd.backward(tracked, cotangents)
    gradients = [tensor.grad if tensor.requires_grad else None for tensor in inputs]
    return results, gradients


def assert_same(ours, theirs, tolerance=None, what="result"):
    """Assert that two tensors (or ``None``) have one shape, one dtype, and the same elements but for rounding."""
    assert (ours is None) == (theirs is None), what
    if ours is None:
        return
    assert tuple(ours.shape) == tuple(theirs.shape), what
    assert str(ours.dtype) == str(theirs.dtype), what
    one, two = ours.detach().numpy(), theirs.detach().numpy()
    if one.dtype.kind in "biu":
        np.testing.assert_array_equal(one, two, err_msg=what)
        return
    close = TOLERANCE[one.dtype.name] if tolerance is None else tolerance
    np.testing.assert_allclose(one, two, rtol=close, atol=close, equal_nan=True, err_msg=what)


def agree(run, *arrays, tolerance=None):
    """Assert that ``run(namespace, *tensors)`` gives the same values and gradients in both namespaces."""
    (ours, our_gradients), (theirs, their_gradients) = (outcome(namespace, run, arrays) for namespace in NAMESPACES)
    assert len(ours) == len(theirs)
    for index, pair in enumerate(zip(ours, theirs, strict=True)):
        assert_same(*pair, tolerance, f"result {index}")
    for index, pair in enumerate(zip(our_gradients, their_gradients, strict=True)):
        assert_same(*pair, tolerance, f"gradient {index}")


def both_refuse(run, *arrays, error=Exception):
    """Assert that both namespaces refuse ``run(namespace, *tensors)``, the reference with ``error`` and a reason."""
    with pytest.raises(Exception):  # noqa: B017, PT011 - torch's own type and text are its own affair
        run(torch, *leaves(torch, arrays))
    with pytest.raises(error) as caught:
        run(reference, *leaves(reference, arrays))
    assert not isinstance(caught.value, (AttributeError, NameError, AssertionError)), caught.value
    assert len(str(caught.value)) > 10
    return caught.value


def quietly(run):
    """Return ``run`` with torch's warnings of its own internals ignored."""

    def quiet(namespace, *tensors):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return run(namespace, *tensors)

    return quiet


def graph(tensor):
    """Return the names of the nodes behind ``tensor``, nested as the edges are."""

    def below(node):
        return None if node is None else (node.name(), *[below(target) for target, _ in node.next_functions])

    return below(tensor.grad_fn)


def nested(space):
    """Return a module with modules in it, buffers of both kinds, and a module and a parameter under two names."""

    class Inner(space.nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = space.nn.Parameter(space.ones(2))
            self.register_buffer("count", space.zeros(1))
            self.register_buffer("scratch", space.zeros(1), persistent=False)
            self.register_parameter("absent", None)

        def forward(self, x):
            return x * self.weight

    class Outer(space.nn.Module):
        def __init__(self):
            super().__init__()
            self.scale = space.nn.Parameter(space.full((1,), 2.0))
            self.inner = Inner()
            self.tied = self.inner
            self.again = self.inner.weight
            self.rows = space.nn.Sequential(
                space.nn.Linear(2, 3), space.nn.ReLU(), space.nn.Sequential(space.nn.Linear(3, 1))
            )
            self.none = None

        def forward(self, x):
            return self.rows(self.inner(x) * self.scale)

    return Outer()
