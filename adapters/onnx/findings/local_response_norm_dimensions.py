"""LRN documents inputs of any number of spatial dimensions; onnx.reference and onnxruntime take two."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, C, L] x) => (float[N, C, L] y)
    { y = LRN <size = 1> (x) }
""")
feeds = {"x": np.ones((1, 3, 1), np.float32)}

print("expected (1, 3, 1)")
try:
    print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].shape)
except Exception as error:  # noqa: BLE001 - whatever it is
    print("actual  ", type(error).__name__, str(error).splitlines()[0])
