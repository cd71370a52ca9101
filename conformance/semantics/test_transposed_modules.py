"""Modules: transposed convolutions that are told the size of their output."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile


@clause(
    "conv_transpose_module.output-size",
    "Of the sizes that a stride greater than 1 leaves open, output_size, given with the input, chooses one: that of "
    "the input of the convolution that it turns round.",
    documented("generated/torch.nn.ConvTranspose2d.html"),
    profile=Profile.MODULE,
)
def test_conv_transpose_module_output_size(torch, nn):
    down = nn.Conv2d(1, 1, 3, stride=(2, 3), padding=1)
    up = nn.ConvTranspose2d(1, 1, 3, stride=(2, 3), padding=1)
    x = torch.zeros(1, 1, 12, 9)
    reduced = down(x)
    assert tuple(reduced.shape) == (1, 1, 6, 3)
    assert tuple(up(reduced).shape) == (1, 1, 11, 7)
    for size in ((12, 9), (11, 8), (12, 7)):
        assert tuple(up(reduced, output_size=size).shape) == (1, 1, *size)
    assert tuple(up(reduced, output_size=x.size()).shape) == tuple(x.shape)
