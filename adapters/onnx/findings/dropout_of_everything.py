"""onnx.reference multiplies by 1 / (1 - ratio), so dropping everything gives NaN, where the output is 0."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[n] data, float ratio, bool training_mode) => (float[n] output) { output = Dropout(data, ratio, training_mode) }
""")
feeds = {"data": np.ones(2, np.float32), "ratio": np.float32(1), "training_mode": np.array(True)}

print("expected [0. 0.]")
print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0])
