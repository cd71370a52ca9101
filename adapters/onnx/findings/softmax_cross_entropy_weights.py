"""onnx.reference takes fewer weights than there are classes, the last for those that have none."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, C] scores, int64[N] labels, float[M] weights) => (float loss)
    { loss = SoftmaxCrossEntropyLoss(scores, labels, weights) }
""")
feeds = {"scores": np.ones((1, 3), np.float32), "labels": np.array([2]), "weights": np.ones(2, np.float32)}

print("expected a refusal")
try:
    print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0])
except Exception as error:  # noqa: BLE001 - whatever it is
    print("actual  ", type(error).__name__, str(error).splitlines()[0])
