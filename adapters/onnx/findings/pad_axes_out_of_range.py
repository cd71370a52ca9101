"""onnx.reference takes an axis of Pad that the data does not have."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[n] data, int64[4] pads, int64[2] axes) => (float[m] output)
    { output = Pad <mode = "constant"> (data, pads, , axes) }
""")
feeds = {"data": np.ones(2, np.float32), "pads": np.ones(4, np.int64), "axes": np.array([-1, -2])}

print("expected a refusal")
try:
    print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0])
except Exception as error:  # noqa: BLE001 - whatever it is
    print("actual  ", type(error).__name__, str(error).splitlines()[0])
