"""onnxruntime computes Shrink of float64 in float32."""

import numpy as np
import onnxruntime
from onnx import parser

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (double[n] x) => (double[n] y)
    { y = Shrink <lambd = 0.5> (x) }
""")
feeds = {"x": np.array([-0.6])}
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])

print("expected [-0.6]")
print("actual  ", session.run(None, feeds)[0].tolist())
