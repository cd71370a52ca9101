"""onnx.reference has no negative padding, which removes elements, in the mode wrap."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[n] data, int64[2] pads) => (float[m] output)
    { output = Pad <mode = "wrap"> (data, pads) }
""")
feeds = {"data": np.array([1, 2, 3], np.float32), "pads": np.array([-1, 0])}

print("expected [2. 3.]")
try:
    print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0])
except Exception as error:  # noqa: BLE001 - whatever it is
    print("actual  ", type(error).__name__, str(error).splitlines()[0])
