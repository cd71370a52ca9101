"""onnx.reference takes the indices of MaxUnpool for those of the smallest output, though output_shape names another."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, C, L] x, int64[N, C, L] indices, int64[3] shape) => (float[N, C, n] y)
    { y = MaxUnpool <kernel_shape = [2], strides = [2]> (x, indices, shape) }
""")
feeds = {"x": np.ones((1, 1, 1), np.float32), "indices": np.array([[[3]]]), "shape": np.array([1, 1, 4])}

print("expected [0. 0. 0. 1.]")
try:
    print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].ravel())
except Exception as error:  # noqa: BLE001 - whatever it is
    print("actual  ", type(error).__name__, str(error).splitlines()[0])
