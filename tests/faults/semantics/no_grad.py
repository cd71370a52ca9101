"""Faults of no grad."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from adapters.reference.autograd.mode import RECORDING
from conformance.strength import Fault
from tests.faults._planting import edited, everywhere, method, these, together


@contextmanager
def _afresh(right: Any, backend: Any) -> Iterator[None]:
    """Let every check start with recording on, whatever the one before has left."""
    RECORDING.enabled = True
    with right(backend):
        yield


FAULTS = (
    Fault(
        "no-grad-is-an-empty-context",
        "no_grad.result",
        edited("autograd.mode:_Mode.__enter__", ("RECORDING.enabled = self.wanted", "RECORDING.enabled = True")),
        also=these(
            "*: max-norm-kept parameters*",
            "gru*: *",
            "lstm*: *",
            "rnn*: *",
            "transformer*: *",
            "*: initial initial-bias initial-state initial-weight",
            "create_graph: gradient-penalty",
            "custom_function: forward-is-not-recorded non-differentiable-output",
            "embedding_bag_module: initial-weight padding-zeros weight",
            "embedding_module: initial-weight padding-changed padding-fixed padding-zeros weight",
            "enable_grad: decorator",
            "load_state_dict_post_hook: called changes-keys",
            "load_state_dict_pre_hook: called",
            "module_dict: clear dict-access pairs pop registers update-order update-overwrites views",
            "module_list: append assignment deletion extend insert list-access registers slices",
            "multihead_attention: *",
            "state_dict_hook: removed",
            "state_dict_post_hook: called",
            "state_dict_pre_hook: called",
            "*: layer",
            "batch_norm: cumulative-average running-statistics evaluation-cumulative evaluation-state",
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
            "transformer*: *",
            "batch_norm: layer-gradient untracked",
        ),
    ),
    Fault(
        "the-mode-is-restored-only-if-no-exception-came",
        "no_grad.ends",
        together(
            edited(
                "autograd.mode:_Mode.__exit__",
                (
                    "def __exit__(self, *_: object) -> None:\n    RECORDING.enabled = self._before.pop()",
                    "def __exit__(self, kind: object, *_: object) -> None:\n"
                    "    if kind is None:\n"
                    "        RECORDING.enabled = self._before.pop()",
                ),
            ),
            method("adapter:ReferenceBackend.session", _afresh),
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
        also=these(
            "lbfgs: closure max-eval state-dict strong-wolfe tolerance-grad",
            "enable_grad: decorator",
            "sgd_object: closure",
        ),
    ),
    Fault(
        "as-a-decorator-the-mode-holds-while-decorating-not-while-calling",
        "no_grad.decorator",
        edited(
            "autograd.mode:_Mode.__call__",
            ("with mode():\n            return function(*args, **options)", "return function(*args, **options)"),
        ),
        also=these("enable_grad: decorator"),
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
        also=these("post_accumulate_hook: updates-in-place"),
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
        also=these("custom_function: non-differentiable-output", "inference_mode: decorator"),
    ),
    Fault(
        "the-mode-is-global",
        "no_grad.of-this-thread",
        everywhere("autograd.mode:RECORDING", lambda _: SimpleNamespace(enabled=True, inference=False)),
    ),
)
