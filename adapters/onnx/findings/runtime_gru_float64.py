"""onnxruntime offers GRU of float64, as it does LSTM, and refuses it when it runs."""

import numpy as np
import onnxruntime
from onnx import parser

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (double[L, N, I] x, double[D, G, I] w, double[D, G, H] r) => (double[L, D, N, H] y)
    { y = GRU <hidden_size = 1> (x, w, r) }
""")
feeds = {"x": np.ones((1, 1, 1)), "w": np.ones((1, 3, 1)), "r": np.ones((1, 3, 1))}

print("expected (1, 1, 1, 1)")
try:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    print("actual  ", session.run(None, feeds)[0].shape)
except Exception as error:  # noqa: BLE001 - whatever it is
    print("actual  ", type(error).__name__, str(error).splitlines()[0])
