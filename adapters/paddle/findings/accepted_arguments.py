"""What cannot be is taken: windows, paddings and shapes that do not fit, and a delta below 0."""

import paddle
import paddle.nn.functional as F

one = paddle.to_tensor([1.0])
print("expected ValueError, seven times")
print(f"actual   {F.max_pool2d(paddle.ones([1, 1, 4, 4]), 5).shape}")
print(f"         {F.avg_pool2d(paddle.ones([1, 1, 4, 4]), 5).shape}")
print(f"         {F.conv1d(paddle.ones([1, 1, 5]), paddle.ones([1, 1, 3]), padding='same', stride=2).shape}")
print(f"         {F.smooth_l1_loss(one, one + 1.0, delta=-1.0).item()}")
print(f"         {F.pad(paddle.ones([1, 1, 3]), [4, 0], 'circular').shape}")
print(f"         {F.affine_grid(paddle.ones([1, 2, 4]), [1, 1, 2, 2]).shape}")
print(f"         {paddle.nn.init.xavier_normal_(paddle.ones([3]))}")
