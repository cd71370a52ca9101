"""onnx.reference computes the places of GridSample of float64 in float32."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (double[N, C, H, W] x, double[N, h, w, two] grid) => (double[N, C, h, w] y)
    { y = GridSample <align_corners = 1> (x, grid) }
""")
feeds = {"x": np.array([[[[0.1, 0.2], [0.4, 0.8]]]]), "grid": np.array([[[[0.3, 0.1]]]])}

print("expected [0.43725]")
print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].ravel().tolist())
