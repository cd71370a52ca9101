"""onnx.reference takes the logarithm of Softmax, which is 0 where the input is far below the largest."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[n] x) => (float[n] y)
    { y = LogSoftmax(x) }
""")
feeds = {"x": np.array([0, -200], np.float32)}

print("expected [0. -200.]")
print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0])
