"""onnx.reference returns the AffineGrid of a float64 theta as float32, where both are of one type."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (double[N, two, three] theta, int64[4] size) => (double[N, H, W, two] grid)
    { grid = AffineGrid(theta, size) }
""")
feeds = {"theta": np.ones((1, 2, 3)), "size": np.array([1, 1, 2, 2])}

print("expected float64")
print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].dtype)
