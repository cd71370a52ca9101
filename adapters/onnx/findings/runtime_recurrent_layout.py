"""onnxruntime has no layout of the recurrent operators with the batch in front."""

import numpy as np
import onnxruntime
from onnx import parser

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, L, I] x, float[D, H, I] w, float[D, H, H] r) => (float[N, L, D, H] y)
    { y = RNN <hidden_size = 1, layout = 1> (x, w, r) }
""")
feeds = {"x": np.ones((1, 2, 1), np.float32), "w": np.ones((1, 1, 1), np.float32), "r": np.ones((1, 1, 1), np.float32)}

print("expected (1, 2, 1, 1)")
try:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    print("actual  ", session.run(None, feeds)[0].shape)
except Exception as error:  # noqa: BLE001 - whatever it is
    print("actual  ", type(error).__name__, str(error).splitlines()[0])
