"""ONNX: single-operator models, run by the standard's own reference evaluator and by ONNX Runtime."""

BACKENDS = {"onnx": "adapter:reference", "onnxruntime": "runtime:backend"}
