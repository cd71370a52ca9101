"""Faults of clipping objects and of parameters as one vector."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited

FAULTS = (
    Fault(
        "a-new-gradient-in-the-place-of-the-old-one",
        "clip_grad.in-place",
        edited(
            "nn.utils:clip_grad_value_",
            (
                "for gradient in _gradients(_listed(parameters)):\n"
                "        store(gradient, np.clip(gradient.array, -bound, bound))",
                "for parameter in _listed(parameters):\n"
                "        parameter.grad = wrap(np.clip(parameter.stored_grad.array, -bound, bound))",
            ),
        ),
    ),
    Fault(
        "one-tensor-is-left-alone",
        "clip_grad.one-tensor",
        edited(
            "nn.utils:_listed",
            ("[tensors] if isinstance(tensors, Tensor)", "[tensors.detach()] if isinstance(tensors, Tensor)"),
        ),
    ),
    Fault(
        "an-iterator-is-used-up-by-the-norm",
        "clip_grad.any-iterable",
        edited(
            "nn.utils:clip_grad_norm_",
            ("listed = _listed(parameters)", "listed = parameters"),
            ("get_total_norm(_gradients(listed),", "get_total_norm(_gradients(_listed(listed)),"),
        ),
    ),
    Fault(
        "parameters-from-the-last-to-the-first",
        "parameters_to_vector.value",
        edited("nn.utils:parameters_to_vector", ("in parameters])", "in reversed(list(parameters))])")),
    ),
    Fault(
        "every-slice-from-the-start",
        "vector_to_parameters.value",
        edited("nn.utils:vector_to_parameters", ("        begin = end\n", "")),
    ),
)
