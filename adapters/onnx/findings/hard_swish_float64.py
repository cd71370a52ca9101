"""The function that defines HardSwish has 1/6 in float32, so of float64 it is exact to 7 digits only."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (double[n] x) => (double[n] y)
    { y = HardSwish(x) }
""")
feeds = {"x": np.array([-2.9])}

print("expected [-0.04833333333333338]")
print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].tolist())
