"""A max pool whose window is larger than the input ends the process on TensorFlow's CPU, with oneDNN, the default.

keras.ops.adaptive_max_pool takes such windows itself where it makes an output of one element.
"""

import os
import subprocess
import sys

program = "from keras import ops; ops.max_pool(ops.zeros((1, 3, 1)), 4, strides=1)"
settings = {**os.environ, "KERAS_BACKEND": "tensorflow", "TF_ENABLE_ONEDNN_OPTS": "1"}
command = [sys.executable, "-c", program]
status = subprocess.run(command, env=settings, capture_output=True, check=False).returncode  # noqa: S603

print("expected an exception, or an empty result")
print("actual  ", "the process was ended by signal" if status < 0 else "an exit with status", abs(status))
