"""onnx.reference does not know the activation Relu of RNN, which is one of the three that every evaluator has."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[L, N, I] x, float[D, H, I] w, float[D, H, H] r) => (float[L, D, N, H] y)
    { y = RNN <hidden_size = 1, activations = ["Relu"]> (x, w, r) }
""")
feeds = {"x": np.ones((1, 1, 1), np.float32), "w": np.ones((1, 1, 1), np.float32), "r": np.ones((1, 1, 1), np.float32)}

print("expected [1.]")
try:
    print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].ravel())
except Exception as error:  # noqa: BLE001 - whatever it is
    print("actual  ", type(error).__name__, str(error).splitlines()[0])
