"""The function that defines Gelu has its constants in float32, so of float64 it is exact to 8 digits only."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (double[n] x) => (double[n] y)
    { y = Gelu(x) }
""")
feeds = {"x": np.array([-1.0])}

print("expected [-0.15865525393145707]")
print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].tolist())
