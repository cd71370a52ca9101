"""onnx.reference slices the weights of a group of ConvTranspose by output channels, where they go by input channels."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, C, L] x, float[C, M, K] w) => (float[N, G, n] y)
    { y = ConvTranspose <group = 2> (x, w) }
""")
feeds = {"x": np.ones((1, 2, 2), np.float32), "w": np.ones((2, 2, 1), np.float32)}

print("expected (1, 4, 2)")
try:
    print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].shape)
except Exception as error:  # noqa: BLE001 - whatever it is
    print("actual  ", type(error).__name__, str(error).splitlines()[0])
