"""onnx.reference stumbles over a place that is NaN."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, C, H, W] x, float[N, h, w, two] grid) => (float[N, C, h, w] y)
    { y = GridSample(x, grid) }
""")
feeds = {"x": np.ones((1, 1, 2, 2), np.float32), "grid": np.full((1, 1, 1, 2), np.nan, np.float32)}

print("expected (1, 1, 1, 1)")
try:
    print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].shape)
except Exception as error:  # noqa: BLE001 - whatever it is
    print("actual  ", type(error).__name__, str(error).splitlines()[0])
