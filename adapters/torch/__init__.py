"""torch itself, on the CPU and on CUDA devices, with TF32 and without, and compiled."""

BACKENDS = {
    "torch": "adapter:cpu",
    "torch-cpu": "adapter:cpu",
    "torch-compile": "compiled:backend",
    "torch-cuda": "adapter:cuda",
    "torch-cuda-float32": "adapter:cuda_in_float32",
    "torch-cuda-tf32": "adapter:cuda_in_tensor_float32",
}
