"""onnxruntime approximates Sigmoid by a ratio of polynomials that is 0, or twice too large, far below 0."""

import numpy as np
import onnxruntime
from onnx import parser

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[n] x) => (float[n] y)
    { y = Sigmoid(x) }
""")
feeds = {"x": np.array([-17, -30], np.float32)}
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])

print("expected [4.139938e-08 9.357623e-14]")
print("actual  ", session.run(None, feeds)[0])
