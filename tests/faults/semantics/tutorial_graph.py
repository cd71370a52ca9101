"""Faults of tutorial graph."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, renamed, these, together

FAULTS = (
    Fault(
        "mse-loss-s-node-is-that-of-a-mean",
        "graph.tutorial-loss",
        renamed("MseLossBackward0", "MeanBackward0"),
        also=these("graph: node-text tutorial-chain"),
    ),
    Fault(
        "mse-loss-makes-its-target-require-gradients",
        "graph.tutorial-target",
        edited(
            "operators.loss.mse_loss:mse_loss",
            (
                'require_tensor(target, "mse_loss: target")',
                'require_tensor(target, "mse_loss: target")\n    target.requires_grad_(True)',
            ),
        ),
        also=these("graph: tutorial-leaves", "mse_loss_module: backward"),
    ),
    Fault(
        "the-linear-layers-edges-are-those-of-input-bias-and-weight",
        "graph.tutorial-linear-edges",
        together(
            edited(
                "arithmetic.matrix:AddmmBackward0.forward",
                (
                    "def forward(self, c: Array, a: Array, b: Array, beta",
                    "def forward(self, a: Array, c: Array, b: Array, beta",
                ),
                (
                    "self.saved = (a if self.needs[2] else None, b if self.needs[1] else None)",
                    "self.saved = (a if self.needs[2] else None, b if self.needs[0] else None)",
                ),
            ),
            edited(
                "arithmetic.matrix:AddmmBackward0.backward",
                ("if self.needs[0]:\n        to_c = reduced", "if self.needs[1]:\n        to_c = reduced"),
                ("if self.needs[1]:\n        to_a", "if self.needs[0]:\n        to_a"),
                ("return to_c, to_a, to_b", "return to_a, to_c, to_b"),
            ),
            edited(
                "arithmetic.matrix:addmm",
                (
                    "AddmmBackward0.apply((input, mat1, mat2), beta, alpha)",
                    "AddmmBackward0.apply((mat1, input, mat2), beta, alpha)",
                ),
            ),
            edited(
                "operators.linear.linear:linear",
                (
                    "AddmmBackward0.apply((bias, input, t(weight)), 1, 1)",
                    "AddmmBackward0.apply((input, bias, t(weight)), 1, 1)",
                ),
                (
                    "AddmmBackward0.apply((bias, rows, t(weight)), 1, 1)",
                    "AddmmBackward0.apply((rows, bias, t(weight)), 1, 1)",
                ),
            ),
        ),
    ),
    Fault(
        "the-biass-edge-is-there-also-when-the-bias-is-frozen",
        "graph.tutorial-frozen-bias",
        edited(
            "operators.linear.linear:linear",
            (
                "_check(input, weight, bias)",
                "_check(input, weight, bias)\n"
                "    if bias is not None and not bias.tracked:\n"
                "        bias = Parameter(bias)",
            ),
        ),
    ),
    Fault(
        "max-pool2d-records-a-gather",
        "graph.tutorial-chain",
        renamed("MaxPool2DWithIndicesBackward0", "GatherBackward0"),
    ),
    Fault(
        "conv2d-detaches-its-bias",
        "graph.tutorial-leaves",
        edited(
            "operators.convolution.conv2d:conv2d",
            (
                "ConvolutionBackward0.apply((batched, weight, bias), geometry, groups)",
                "ConvolutionBackward0.apply((batched, weight, None if bias is None else bias.detach()), "
                "geometry, groups)",
            ),
        ),
        also=these(
            "conv2d: gradient gradient-same-even gradient-alone",
            "sequential: same-as-subclass",
            "tutorial: backward-with-gradient first-bias-gradient manual-update sgd-equals-manual-update",
            "tutorial_network: gradient one-step five-steps",
        ),
    ),
)
