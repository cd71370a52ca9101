"""mx.fast.layer_norm of a float64 array is computed in float32, and so are rms_norm and the layers that call them."""

import mlx.core as mx

numbers = mx.array([0.0, 1.0, 3.0], mx.float64)
apart = numbers - numbers.mean()
print(f"expected {(apart / mx.sqrt(mx.square(apart).mean())).tolist()}")
print(f"actual   {mx.fast.layer_norm(numbers, None, None, 1e-30).tolist()}")
