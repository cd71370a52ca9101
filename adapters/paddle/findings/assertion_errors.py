"""An argument that cannot be is refused by an assertion, which is not there under python -O."""

import paddle
import paddle.nn.functional as F

print("expected ValueError")
try:
    F.prelu(paddle.ones([2, 4]), paddle.ones([3]))
except AssertionError:
    print("actual   AssertionError")
