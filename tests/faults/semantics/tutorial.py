"""Faults of tutorial."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited, gradients, method, these

FAULTS = (
    Fault(
        "max-pool2d-rounds-sizes-up",
        "tutorial.feature-sizes",
        method(
            "operators.pooling._maximum:counts_of",
            lambda right, name, *given, ceil_mode: right(name, *given, ceil_mode=ceil_mode or name == "max_pool2d"),
        ),
        also=these(
            "graph: tutorial-*",
            "max_pool2d: empty-batch indices number stride unbatched window-fits",
            "sequential: same-as-subclass",
            "tutorial: *",
            "tutorial_network: *",
        ),
    ),
    Fault(
        "conv2d-has-no-bias-by-default",
        "tutorial.parameter-sizes",
        edited("operators.convolution.conv2d:Conv2d.__init__", ("bias: bool = True,", "bias: bool = False,")),
        also=these(
            "conv2d: initial-bias",
            "graph: tutorial-leaves",
            "module: parameters-in-order text text-of-conv2d",
            "sequential: same-as-subclass",
            "tutorial: *",
        ),
    ),
    Fault(
        "conv2d-adds-no-bias",
        "tutorial.output",
        edited(
            "operators.convolution.conv2d:ConvolutionBackward0.forward",
            ("result += b[:, None, None]", "result += 0 * b[:, None, None]"),
        ),
        also=these(
            "conv2d: *",
            "tutorial: backward-with-gradient first-bias-gradient loss manual-update",
            "tutorial_network: gradient loss one-step output five-steps",
        ),
    ),
    Fault(
        "unsqueeze-0-takes-0-for-not-given",
        "tutorial.single-sample",
        edited(
            "arithmetic.axes:unsqueeze",
            (
                'axis = dimension(dim, input.ndim + 1, "unsqueeze")',
                'axis = dimension(dim or -1, input.ndim + 1, "unsqueeze")',
            ),
        ),
        also=these("*: unbatched", "fold: output-size"),
    ),
    Fault(
        "the-gradient-of-a-linear-layers-bias-is-its-mean-over-the-outputs",
        "tutorial.backward-with-gradient",
        edited(
            "arithmetic.matrix:AddmmBackward0.backward",
            (
                "to_c = reduced_to(gradient, self.shape)",
                "to_c = reduced_to(gradient, self.shape)\n"
                "        if to_c.size == 10:\n"
                "            to_c = np.full_like(to_c, to_c.mean())",
            ),
        ),
        also=these("tutorial: manual-update", "tutorial_network: gradient one-step five-steps"),
    ),
    Fault(
        "the-loss-is-a-vector-of-one-element",
        "tutorial.loss",
        edited(
            "operators.loss.mse_loss:MseLossBackward0.forward",
            (
                "return np.asarray(total / total.dtype.type(difference.size)) if",
                "return np.asarray(total / total.dtype.type(difference.size)).reshape(1) if",
            ),
        ),
        also=these(
            "mse_loss: second-gradient gradient-alone",
            "mse_loss: any-shape broadcasts gradient layer output-size value",
            "mse_loss_module: mean",
            "tutorial_network: five-steps gradient loss one-step",
        ),
    ),
    Fault(
        "the-gradient-of-a-convolutions-bias-is-the-mean-over-the-places",
        "tutorial.first-bias-gradient",
        edited(
            "operators.convolution.conv2d:ConvolutionBackward0.backward",
            (".sum(axis=2).sum(axis=0)", ".mean(axis=2).sum(axis=0)"),
        ),
        also=these(
            "conv2d: gradient gradient-same-even gradient-alone",
            "tutorial: backward-with-gradient manual-update",
            "tutorial_network: gradient one-step five-steps",
        ),
    ),
    Fault(
        "data-of-a-parameter-that-has-a-gradient-is-a-copy",
        "tutorial.manual-update",
        edited(
            "tensor:Tensor.data",
            (
                "return wrap(self.array)",
                "return wrap(self.array.copy() if self.stored_grad is not None else self.array)",
            ),
        ),
        also=these("data: update-in-place", "tutorial: sgd-equals-manual-update"),
    ),
    Fault(
        "a-step-leaves-out-the-last-parameter-of-a-group-of-many",
        "tutorial.sgd-equals-manual-update",
        edited("optim.sgd:SGD.step", ('for parameter in group["params"]:', 'for parameter in group["params"][:9]:')),
        also=these("tutorial_network: one-step five-steps"),
    ),
    Fault(
        "zero-grad-goes-through-an-iterator-that-is-used-up-after-the-first-time",
        "tutorial.training-loop",
        edited(
            "optim.optimizer:Optimizer.zero_grad",
            (
                "for parameter in self._parameters():",
                "for parameter in self.__dict__.setdefault('_all', iter(list(self._parameters()))):",
            ),
        ),
        also=these("lbfgs: state-dict", "optimizer: unfreezing", "tutorial: loss-falls"),
    ),
    Fault(
        "a-step-clears-the-gradients",
        "tutorial.without-zero-grad",
        edited(
            "optim.sgd:SGD._update",
            ("parameter.counter.value += 1", "parameter.counter.value += 1\n    parameter.stored_grad = None"),
        ),
        also=these("sgd_object: buffer-is-its-own step-leaves-gradients"),
    ),
    Fault(
        "the-gradient-of-the-loss-has-the-wrong-sign",
        "tutorial.loss-falls",
        gradients("MseLossBackward0", lambda x, y: (None if x is None else -x, y)),
        also=these(
            "mse_loss: second-gradient",
            "mse_loss: gradient*",
            "mse_loss_module: backward",
            "tutorial: first-bias-gradient manual-update training-loop",
            "tutorial_network: five-steps gradient one-step",
        ),
    ),
)
