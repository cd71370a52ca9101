"""onnx.reference takes the root of the scale of Attention, as is documented, so a negative one gives NaN."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, H, L, D] query, float[N, H, S, D] key) => (float[N, H, L, D] output)
    { output = Attention <scale = -0.5> (query, key, key) }
""")
feeds = {"query": np.ones((1, 1, 1, 2), np.float32), "key": np.ones((1, 1, 2, 2), np.float32)}

print("expected [1. 1.]")
print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].ravel())
