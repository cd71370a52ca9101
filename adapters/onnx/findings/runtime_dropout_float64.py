"""onnxruntime scales what Dropout leaves of float64 by a float32."""

import numpy as np
import onnxruntime
from onnx import parser

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (double[n] data, double ratio, bool training_mode) => (double[n] output)
    { output = Dropout <seed = 1> (data, ratio, training_mode) }
""")
feeds = {"data": np.ones(64), "ratio": np.array(0.1), "training_mode": np.array(1, bool)}
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])

print("expected 1.1111111111111112")
print("actual  ", session.run(None, feeds)[0].max())
