"""onnx.reference normalizes as many channels by LRN as the batch has samples, and leaves the others as they are."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, C, H, W] x) => (float[N, C, H, W] y)
    { y = LRN <size = 1, alpha = 1.0, beta = 1.0> (x) }
""")
feeds = {"x": np.ones((1, 3, 1, 1), np.float32)}

print("expected [0.5 0.5 0.5]")
print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].ravel())
