"""onnxruntime has no automatic padding of a dilated Conv."""

import numpy as np
import onnxruntime
from onnx import parser

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, C, L] x, float[M, C, K] w) => (float[N, M, n] y)
    { y = Conv <auto_pad = "SAME_UPPER", dilations = [2]> (x, w) }
""")
feeds = {"x": np.ones((1, 1, 5), np.float32), "w": np.ones((1, 1, 3), np.float32)}

print("expected (1, 1, 5)")
try:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    print("actual  ", session.run(None, feeds)[0].shape)
except Exception as error:  # noqa: BLE001 - whatever it is
    print("actual  ", type(error).__name__, str(error).splitlines()[0])
