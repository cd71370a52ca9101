"""With align_corners, a side of one element divides by 0."""

import paddle
import paddle.nn.functional as F

theta = paddle.to_tensor([[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]])
print("expected [[-1, 0], [1, 0]]")
print(f"actual   {F.affine_grid(theta, [1, 1, 1, 2], align_corners=True)[0, 0].tolist()}")
