"""What defines GroupNormalization has the variance as the difference of two means, which cancels far from 0."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, C, L] x, float[C] scale, float[C] bias) => (float[N, C, L] y)
    { y = GroupNormalization <num_groups = 1> (x, scale, bias) }
""")
feeds = {
    "x": np.array([[[4096.0, 4097.0]]], np.float32),
    "scale": np.ones(1, np.float32),
    "bias": np.zeros(1, np.float32),
}

print("expected [-0.99998 0.99998]")
print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].ravel())
