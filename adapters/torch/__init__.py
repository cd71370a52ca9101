"""torch itself, on the CPU and on CUDA devices."""

BACKENDS = {"torch": "adapter:cpu", "torch-cpu": "adapter:cpu", "torch-cuda": "adapter:cuda"}
