"""onnx.reference has no Softsign of an array without a dimension."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float x) => (float y)
    { y = Softsign(x) }
""")
feeds = {"x": np.array(1, np.float32)}

print("expected 0.5")
try:
    print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0])
except Exception as error:  # noqa: BLE001 - whatever it is
    print("actual  ", type(error).__name__, str(error).splitlines()[0])
