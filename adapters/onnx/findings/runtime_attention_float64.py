"""onnxruntime computes Attention of float64 with a scale of float32."""

import numpy as np
import onnxruntime
from onnx import parser

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (double[N, H, L, D] query, double[N, H, S, D] key) => (double[N, H, L, D] output)
    { output = Attention(query, key, key) }
""")
feeds = {"query": np.full((1, 1, 1, 3), 0.25), "key": np.arange(6.0).reshape(1, 1, 2, 3)}
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])

print("expected 2.357019159882296")
print("actual  ", session.run(None, feeds)[0].ravel().tolist()[0])
