"""onnx.reference counts a window that ends outside of the input as if it were full: 5 alone becomes 10."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, C, L] x) => (float[N, C, n] y)
    { y = LpPool <kernel_shape = [2], strides = [2], p = 1, ceil_mode = 1> (x) }
""")
feeds = {"x": np.array([[[1, 2, 3, 4, 5]]], np.float32)}

print("expected [3. 7. 5.]")
print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].ravel())
