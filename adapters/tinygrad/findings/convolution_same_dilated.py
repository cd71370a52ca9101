"""padding="same" pairs the dilation of one dimension with the kernel's length in the other."""

from tinygrad import Tensor, nn

print("expected (1, 1, 8, 8)")
print(f"actual   {nn.Conv2d(1, 1, (3, 2), padding='same', dilation=(3, 2))(Tensor.ones(1, 1, 8, 8)).shape}")
