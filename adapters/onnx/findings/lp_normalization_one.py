"""onnx.reference divides by the sum of the numbers, where the norm of p = 1 is that of their magnitudes."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[n] x) => (float[n] y)
    { y = LpNormalization <p = 1> (x) }
""")
feeds = {"x": np.array([-1, 3], np.float32)}

print("expected [-0.25 0.75]")
print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0])
