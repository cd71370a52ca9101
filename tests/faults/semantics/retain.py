"""Faults of retain."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, these, together

FAULTS = (
    Fault(
        "nothing-is-ever-freed",
        "retain_graph.second-backward",
        edited("autograd.function:Function.release", ("if self.saved:", "if self.saved is None:")),
        also=these("autograd_grad: retain-graph", "retain_graph: of-each-call shared-part"),
    ),
    Fault(
        "retain-graph-is-ignored",
        "retain_graph.keeps",
        edited("autograd.engine:_propagate", ("if not keep:\n                node.release()", "node.release()")),
        stumbles=True,
        also=these(
            "*: second-gradient",
            "autograd_grad: retain-graph",
            "backward_hook: every-time",
            "create_graph: backward gradient-penalty retains-the-graph second-derivative",
            "create_graph: third-derivative",
            "tensor_hook: called",
            "retain_graph: of-each-call",
        ),
    ),
    Fault(
        "a-graph-that-was-kept-once-is-kept-for-good",
        "retain_graph.of-each-call",
        edited(
            "autograd.engine:_propagate",
            (
                "if not keep:",
                'kept = vars(_propagate).setdefault("kept", set())\n'
                "            if keep:\n                kept.add(node)\n            elif node not in kept:",
            ),
        ),
        also=these("autograd_grad: retain-graph"),
    ),
    Fault(
        "a-second-backward-is-refused-by-a-mark-on-the-root-alone",
        "retain_graph.shared-part",
        edited(
            "autograd.engine:_propagate",
            (
                "if not keep:",
                "if not keep and any(node is start for (start, _), _ in roots):\n"
                "                node.saved = (*node.saved, 0)",
            ),
        ),
        also=these(
            "identity_module: gradient",
            "custom_function: needs-input-grad setup-context",
            "post_accumulate_hook: updates-in-place",
            "tensor_hook: replaces",
        ),
    ),
    Fault(
        "retain-grad-sets-its-flag-only",
        "retain_grad.fills",
        edited("autograd.properties:retain_grad", ("_add_hook(self, keep, last=True)", "del keep")),
        stumbles=True,
        also=these("tensor_hook: before-retained-gradient", "retain_grad: all-uses"),
    ),
    Fault(
        "retain-grad-keeps-what-arrived-last-not-the-sum",
        "retain_grad.all-uses",
        together(
            edited(
                "autograd.engine:_receive",
                (
                    "assert node is not None",
                    "assert node is not None\n"
                    "    for place, hook, _ in getattr(node, 'hooks', None) or ():\n"
                    "        if place == index:\n"
                    "            hook(gradient)",
                ),
            ),
            edited(
                "autograd.engine:_propagate",
                ("            if node.hooks is not None:\n                _run_hooks(node.hooks, gradients)\n", ""),
            ),
            edited(
                "autograd.properties:retain_grad",
                (
                    "            accumulate(tensor, gradient)",
                    "            tensor.stored_grad = wrap(np.array(gradient))",
                ),
            ),
        ),
        also=these(
            "post_accumulate_hook: after-tensor-hooks",
            "tensor_hook: before-retained-gradient of-grad order removed replaces whole-gradient",
            "retain_grad: fills",
        ),
    ),
    Fault(
        "retain-grad-of-a-leaf-adds-the-gradient-a-second-time",
        "retain_grad.of-a-leaf",
        edited("autograd.properties:retain_grad", ("if self.node is None or self.retains:", "if self.retains:")),
    ),
    Fault(
        "retains-grad-is-constant",
        "retain_grad.flag",
        edited("autograd.properties:retains_grad", ("return self.node is not None and self.retains", "return False")),
    ),
    Fault(
        "retain-grad-of-an-untracked-tensor-is-ignored",
        "retain_grad.of-untracked",
        edited(
            "autograd.properties:retain_grad",
            (
                'raise RuntimeError("retain_grad: expected a tensor that requires grad, not one that does not")',
                "return",
            ),
        ),
    ),
)
