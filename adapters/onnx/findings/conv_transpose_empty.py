"""onnx.reference has no ConvTranspose of an empty batch, whose output is empty."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, C, L] x, float[C, M, K] w) => (float[N, M, n] y)
    { y = ConvTranspose(x, w) }
""")
feeds = {"x": np.ones((0, 1, 2), np.float32), "w": np.ones((1, 1, 2), np.float32)}

print("expected (0, 1, 3)")
try:
    print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].shape)
except Exception as error:  # noqa: BLE001 - whatever it is
    print("actual  ", type(error).__name__, str(error).splitlines()[0])
