"""The adapter of ONNX as the standard's own reference evaluator has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.contract import Array, Description, Unsupported
from adapters.onnx.operators import Operators

import onnx
from onnx.reference import ReferenceEvaluator


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

    def _evaluate(self, model: Any, feeds: Mapping[str, Array]) -> Sequence[Any]:
        # What check_model does in full, but for the shapes of outputs, which it would have to be told.
        onnx.checker.check_node(model.graph.node[0])
        onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
        try:
            return ReferenceEvaluator(model).run(None, dict(feeds))
        except NotImplementedError as error:  # the evaluator says itself what it does not offer
            raise Unsupported(str(error)) from error


reference = ReferenceBackend
