"""onnxruntime refuses an output_padding of ConvTranspose that is less than the dilation, but not than the stride."""

import numpy as np
import onnxruntime
from onnx import parser

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, C, L] x, float[C, M, K] w) => (float[N, M, n] y)
    { y = ConvTranspose <dilations = [3], output_padding = [1]> (x, w) }
""")
feeds = {"x": np.ones((1, 1, 2), np.float32), "w": np.ones((1, 1, 2), np.float32)}

print("expected (1, 1, 6)")
try:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    print("actual  ", session.run(None, feeds)[0].shape)
except Exception as error:  # noqa: BLE001 - whatever it is
    print("actual  ", type(error).__name__, str(error).splitlines()[0])
