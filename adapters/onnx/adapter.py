"""The adapter of ONNX as the standard's own reference evaluator has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.contract import Array, Description, Optimizer, Unavailable, Unsupported

try:
    import onnx
except ModuleNotFoundError as error:
    raise Unavailable.not_installed(error.name, backend="onnx", extra="onnx") from error

from onnx.reference import ReferenceEvaluator

from adapters.onnx.model import single
from adapters.onnx.operators import Operators
from adapters.onnx.optimizers import OnnxOptimizer


class ReferenceBackend(Operators):
    """``onnx.reference``, of nodes that ``onnx.checker`` and strict shape inference admit."""

    name = "onnx"
    opset = onnx.defs.onnx_opset_version()

    def describe(self) -> Description:
        """Say which ONNX, and which version of the operator set."""
        return Description(
            framework="onnx",
            version=onnx.__version__,
            declarations={"evaluator": "onnx.reference", "operator set": str(self.opset)},
        )

    def optimizer(self, name: str, groups: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> Optimizer:
        """Return the training operator of that kind at work."""
        return OnnxOptimizer(self._trained, name, groups, options)  # it saves no state

    def _trained(
        self, operator: str, inputs: Sequence[Array], outputs: Sequence[Any], **attributes: Any
    ) -> Sequence[Array]:
        call = single(operator, inputs, attributes, outputs, 1, "ai.onnx.preview.training")
        return self._evaluate(call.model, call.feeds)

    def _evaluate(self, model: Any, feeds: Mapping[str, Array]) -> Sequence[Any]:
        # What check_model does in full, but for the shapes of outputs, which it would have to be told.
        context = onnx.checker.C.CheckerContext()
        context.ir_version = model.ir_version
        context.opset_imports = {entry.domain: entry.version for entry in model.opset_import}
        onnx.checker.check_node(model.graph.node[0], context)
        onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
        try:
            return ReferenceEvaluator(model).run(None, dict(feeds))
        except NotImplementedError as error:  # the evaluator says itself what it does not offer
            raise Unsupported(str(error)) from error


reference = ReferenceBackend
