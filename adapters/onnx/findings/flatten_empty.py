"""onnx.reference has no Flatten of an empty batch: it leaves the length of no elements to be inferred."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, H, W] x) => (float[N, n] y)
    { y = Flatten(x) }
""")
feeds = {"x": np.ones((0, 2, 3), np.float32)}

print("expected (0, 6)")
try:
    print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].shape)
except Exception as error:  # noqa: BLE001 - whatever it is
    print("actual  ", type(error).__name__, str(error).splitlines()[0])
