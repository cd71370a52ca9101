"""Faults of gradients that are returned."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these

GRAD = "autograd.engine:grad"

FAULTS = (
    Fault(
        "the-gradients-come-in-the-order-of-the-graph",
        "autograd_grad.returns",
        edited(GRAD, ("return tuple(gradients)", "return tuple(gradients[::-1])")),
        also=these("*: second-gradient", "autograd_grad: *", "create_graph: *", "tape: grad-function"),
    ),
    Fault(
        "grad-accumulates-too",
        "autograd_grad.leaves-grad-alone",
        edited(
            GRAD,
            (
                "        gradient = found[edge]\n",
                "        gradient = found[edge]\n"
                "        if tensor.node is None and gradient is not None and not create_graph:\n"
                "            accumulate(tensor, gradient)\n",
            ),
        ),
        also=these("tape: grad-function"),
    ),
    Fault(
        "results-are-refused-as-inputs",
        "autograd_grad.of-results",
        edited(
            "autograd.engine:_edge_of_input",
            ("if not tensor.tracked:", "if not tensor.tracked or tensor.node is not None:"),
        ),
        stumbles=True,
        also=these("tensor_hook: of-grad"),
    ),
    Fault(
        "the-last-output-counts",
        "autograd_grad.sums-outputs",
        edited(GRAD, ("_propagate(roots, keep", "_propagate(roots[-1:], keep")),
        also=these("*: second-gradient", "autograd_grad: none-among-grad-outputs"),
    ),
    Fault(
        "none-counts-as-zero",
        "autograd_grad.none-among-grad-outputs",
        edited(
            "autograd.engine:_roots",
            (
                "        seeds = gradients\n",
                "        seeds = [wrap(np.zeros_like(one.array)) if seed is None else seed\n"
                "                 for one, seed in zip(outputs, gradients, strict=True)]\n",
            ),
        ),
    ),
    Fault(
        "unused-inputs-give-none-unasked",
        "autograd_grad.unused",
        edited(GRAD, ("elif allow_unused:", "elif allow_unused is not False:")),
        also=these("custom_function: once-differentiable"),
    ),
    Fault(
        "unused-inputs-give-zeros",
        "autograd_grad.allow-unused",
        edited(GRAD, ("elif materialize_grads:", "elif materialize_grads or allow_unused:")),
    ),
    Fault(
        "materialized-gradients-are-scalars",
        "autograd_grad.materialize",
        edited(GRAD, ("wrap(np.zeros_like(tensor.array))", "wrap(np.zeros((), tensor.array.dtype))")),
    ),
    Fault(
        "allow-unused-false-is-overruled",
        "autograd_grad.materialize-and-not-allowed",
        edited(
            GRAD,
            (
                "if allow_unused is False and materialize_grads:",
                "if allow_unused is None and materialize_grads is None:",
            ),
        ),
    ),
    Fault(
        "grad-keeps-the-graph",
        "autograd_grad.retain-graph",
        edited(GRAD, ("create_graph if retain_graph is None else bool(retain_graph)", "True")),
    ),
    Fault(
        "gradients-are-always-recorded",
        "autograd_grad.is-no-part-of-the-graph",
        edited(GRAD, ("recorded=create_graph)", "recorded=True)")),
        also=these("*: second-gradient"),
    ),
)
