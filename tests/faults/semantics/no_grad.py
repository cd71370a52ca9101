"""Faults of no grad."""

from __future__ import annotations

from types import SimpleNamespace

from conformance.strength import Fault
from tests.faults._planting import edited, everywhere, these, together

FAULTS = (
    Fault(
        "no-grad-is-an-empty-context",
        "no_grad.result",
        edited("autograd.mode:_Mode.__enter__", ("RECORDING.enabled = self.wanted", "RECORDING.enabled = True")),
        also=these(
            "*: layer",
            "batch_norm: cumulative-average running-statistics",
            "conv1d: layer-gradient padding-mode-circular padding-mode-reflect padding-mode-replicate",
            "conv2d: layer-gradient padding-mode-circular padding-mode-reflect padding-mode-replicate",
            "conv3d: layer-gradient padding-mode-circular padding-mode-reflect padding-mode-replicate",
            "graph: tutorial-*",
            "module: *",
            "no_grad: *",
            "optimizer: group-params-of-any-iterable one-group",
            "prelu_module: initial-slope learnt",
            "sequential: numbered-names same-as-subclass",
            "tutorial: *",
        ),
    ),
    Fault(
        "the-mode-is-restored-only-if-no-exception-came",
        "no_grad.ends",
        edited(
            "autograd.mode:_Mode.__exit__",
            (
                "def __exit__(self, *_: object) -> None:\n    RECORDING.enabled = self._before.pop()",
                "def __exit__(self, kind: object, *_: object) -> None:\n"
                "    if kind is None:\n"
                "        RECORDING.enabled = self._before.pop()",
            ),
        ),
        also=these(
            "detach: leaves-the-tensor-alone stops-gradients",
            "graph: tutorial-*",
            "leaf: begins-to-require constant-gets-no-gradient frozen only-leaves-get-gradients",
            "module: eval-keeps-gradients zero-grad zero-grad-of-all zero-grad-set-to-none zero-grad-then-backward",
            "module: zero-grad-to-zeros",
            "mse_loss_module: backward equals-functional",
            "no_grad: *",
            "optimizer: frozen-parameter unfreezing",
            "retain_grad: all-uses fills of-a-leaf",
            "retain_graph: keeps of-each-call second-backward shared-part",
            "sequential: module-twice same-as-subclass",
            "tape: accumulates accumulates-beside-the-given-gradient accumulates-in-its-graph",
            "tape: accumulates-onto-assigned branches-meet grad-function new-graph-each-time shared-parameter",
            "tape: unused-leaf used-twice",
            "tutorial: *",
        ),
    ),
    Fault(
        "the-end-of-a-block-turns-recording-on",
        "no_grad.nested",
        edited(
            "autograd.mode:_Mode.__exit__",
            ("RECORDING.enabled = self._before.pop()", "RECORDING.enabled = self._before.pop() or not self.wanted"),
        ),
    ),
    Fault(
        "enable-grad-does-not-override-no-grad",
        "no_grad.enable-grad",
        edited(
            "autograd.mode:_Mode.__enter__",
            ("RECORDING.enabled = self.wanted", "RECORDING.enabled = self.wanted and RECORDING.enabled"),
        ),
        also=these("sgd_object: closure"),
    ),
    Fault(
        "as-a-decorator-the-mode-holds-while-decorating-not-while-calling",
        "no_grad.decorator",
        edited(
            "autograd.mode:_Mode.__call__",
            ("with mode():\n            return function(*args, **options)", "return function(*args, **options)"),
        ),
    ),
    Fault(
        "a-parameter-that-is-made-under-no-grad-does-not-require-gradients",
        "no_grad.creation-is-exempt",
        edited(
            "nn.parameter:Parameter.__init__",
            (
                "self.tracked = bool(requires_grad)",
                "from adapters.reference.autograd.mode import RECORDING\n"
                "    self.tracked = bool(requires_grad) and RECORDING.enabled",
            ),
        ),
    ),
    Fault(
        "is-grad-enabled-is-constant",
        "no_grad.is-grad-enabled",
        edited("autograd.mode:is_grad_enabled", ("return RECORDING.enabled", "return True")),
    ),
    Fault(
        "a-change-in-place-makes-the-tensor-a-result-also-under-no-grad",
        "no_grad.update-in-place",
        edited(
            "autograd.inplace:apply_inplace",
            (
                "store(target, node.narrowed((result,))[0])",
                "store(target, node.narrowed((result,))[0])\n"
                "    if not recorded and target.tracked and target.base is None:\n"
                "        node.record(inputs)\n"
                "        node.saved = ()\n"
                "        _rebase(target, node)",
            ),
        ),
    ),
    Fault(
        "no-grad-hides-requires-grad-and-grad-fn-of-its-results-but-records-them",
        "no_grad.result-is-a-constant-later",
        together(
            edited(
                "autograd.function:Function.compute",
                (
                    "needs.append(recording and tensor is not None and tensor.tracked)",
                    "needs.append(tensor is not None and (tensor.tracked or tensor.node is not None))",
                ),
            ),
            edited("autograd.function:_attach", ("tensor.tracked = True", "tensor.tracked = RECORDING.enabled")),
            edited(
                "autograd.function:grad_fn",
                ("node: Node | None = tensor.node", "node: Node | None = tensor.node if tensor.tracked else None"),
            ),
        ),
    ),
    Fault(
        "the-mode-is-global",
        "no_grad.of-this-thread",
        everywhere("autograd.mode:RECORDING", lambda _: SimpleNamespace(enabled=True)),
    ),
)
