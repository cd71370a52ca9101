"""log_softmax refuses a batch of nothing, of which softmax gives nothing."""

import mlx.core as mx
from mlx import nn

print(f"expected {nn.softmax(mx.zeros((0, 3)), axis=1).tolist()}")
try:
    print(f"actual   {nn.log_softmax(mx.zeros((0, 3)), axis=1).tolist()}")
except ValueError as error:
    print(f"actual   {error}")
