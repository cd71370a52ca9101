"""onnx.reference takes GlobalMaxPool over wrong axes: they begin at the number of spatial axes, not at 2."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, C, L] x) => (float[N, C, n] y)
    { y = GlobalMaxPool(x) }
""")
feeds = {"x": np.ones((1, 2, 5), np.float32)}

print("expected (1, 2, 1)")
print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].shape)
