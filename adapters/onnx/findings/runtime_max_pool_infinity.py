"""The largest of nothing but minus infinity is the lowest finite number in MaxPool of onnxruntime."""

import numpy as np
import onnxruntime
from onnx import parser

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, C, L] x) => (float[N, C, n] y)
    { y = MaxPool <kernel_shape = [2]> (x) }
""")
feeds = {"x": np.full((1, 1, 2), -np.inf, np.float32)}
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])

print("expected [-inf]")
print("actual  ", session.run(None, feeds)[0].ravel())
