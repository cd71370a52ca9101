"""With align_corners the only pixel of an axis is at -1 in onnx.reference and at 1 in onnxruntime; in torch at 0."""

import numpy as np
from onnx import parser
from onnx.reference import ReferenceEvaluator

model = parser.parse_model("""
    <ir_version: 10, opset_import: ["" : 24]>
    graph (float[N, two, three] theta, int64[4] size) => (float[N, H, W, two] grid)
    { grid = AffineGrid <align_corners = 1> (theta, size) }
""")
feeds = {"theta": np.eye(2, 3, dtype=np.float32)[None], "size": np.array([1, 1, 1, 1])}

print("expected [0. 0.]")
print("actual  ", ReferenceEvaluator(model).run(None, feeds)[0].ravel())
