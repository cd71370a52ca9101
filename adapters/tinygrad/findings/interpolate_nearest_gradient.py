"""The gradient of nearest resizing to twice the height is a kernel that does not compile: an index in it is a float."""

import subprocess

from tinygrad import Tensor

image = Tensor([[[[1.0, 2.0], [3.0, 4.0]]]])
print("expected [[[[4.0, 8.0], [12.0, 16.0]]]]")
try:
    gradient = image.interpolate((4, 2), "nearest").square().sum().gradient(image)[0]
    print(f"actual   {gradient.tolist()}")
except (RuntimeError, subprocess.CalledProcessError) as error:
    print(f"actual   {type(error).__name__}")
