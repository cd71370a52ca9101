"""What batch normalization keeps: running statistics as buffers, or None."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile

BATCH_NORM = documented("generated/torch.nn.BatchNorm2d.html")


@clause(
    "batch_norm_module.untracked",
    "With track_running_stats=False the buffers running_mean and running_var are None, and not part of the state.",
    BATCH_NORM,
    profile=Profile.MODULE,
)
def test_batch_norm_module_untracked(nn):
    module = nn.BatchNorm2d(3, track_running_stats=False)
    assert module.running_mean is None
    assert module.running_var is None
    assert {"running_mean", "running_var"}.isdisjoint(module.state_dict())

    assert {"running_mean", "running_var"} <= set(nn.BatchNorm2d(3).state_dict())
