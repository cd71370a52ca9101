"""Unfold and Fold together: what the documentation says of one after the other."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile

FOLD = documented("generated/torch.nn.Fold.html")


@clause(
    "blocks.fold-of-unfold",
    "Fold of Unfold with the same options gives the input times a divisor that depends on its shape alone: what they "
    "give of ones.",
    FOLD,
    profile=Profile.MODULE,
    follows_from=("fold.*", "unfold.*"),
)
def test_blocks_fold_of_unfold(torch, nn):
    options = {"kernel_size": (2, 3), "dilation": (2, 1), "padding": (1, 2), "stride": (1, 2)}
    unfold, fold = nn.Unfold(**options), nn.Fold(output_size=(4, 5), **options)
    rows = [[float(5 * i + j - 7) for j in range(5)] for i in range(4)]
    ones = [[1.0] * 5 for _ in range(4)]
    divisor = fold(unfold(torch.tensor([[ones]]))).tolist()[0][0]
    assert len({number for row in divisor for number in row}) > 1
    found = fold(unfold(torch.tensor([[rows]]))).tolist()[0][0]
    assert found == [[x * d for x, d in zip(row, by, strict=True)] for row, by in zip(rows, divisor, strict=True)]


@clause(
    "blocks.inverse",
    "Where the blocks cover every element once, Fold and Unfold are inverses of each other.",
    FOLD,
    profile=Profile.MODULE,
    follows_from=("fold.*", "unfold.*"),
)
def test_blocks_inverse(torch, nn):
    unfold = nn.Unfold(kernel_size=(2, 3), stride=(2, 3))
    fold = nn.Fold(output_size=(4, 6), kernel_size=(2, 3), stride=(2, 3))
    image = torch.tensor([[[[float(6 * i + j) for j in range(6)] for i in range(4)]]])
    assert fold(unfold(image)).tolist() == image.tolist()
    columns = torch.tensor([[[float(4 * i + j) for j in range(4)] for i in range(6)]])
    assert unfold(fold(columns)).tolist() == columns.tolist()
