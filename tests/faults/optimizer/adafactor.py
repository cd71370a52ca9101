"""Slips of Adafactor."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import Planter, edited
from tests.faults.optimizer._shared import Optimizer

_OPTIMIZER = Optimizer("adafactor", "Adafactor")


def _edited(old: str, new: str, function: str | None = None) -> Planter:
    return edited(_OPTIMIZER.place("update") if function is None else f"optim.adafactor:{function}", (old, new))


def _slip(name: str, clause: str, plant: Planter) -> Fault:
    return _OPTIMIZER.fault(name, clause, plant, "*")


FAULTS = (
    *_OPTIMIZER.common(weight_decay=False),
    _slip("correction-a-step-late", "update", _OPTIMIZER.late()),
    _slip("rows-alone", "update", _edited("rows * columns / np", "rows / np", "_second_moment")),
    _slip("mean-of-columns-forgotten", "update", _edited("rows.mean(axis=-2, keepdims=True)", "1.0", "_second_moment")),
    _slip("absolute-step-size", "update", _edited("max(eps2, _root_mean_square(p)) * min", "min")),
    _slip(
        "vector-as-its-mean",
        "vectors",
        _edited('"variance", squares,', '"variance", squares.mean() + 0 * squares,', "_second_moment"),
    ),
    _slip("d-of-two", "defaults", _OPTIMIZER.default("d", 2.0)),
    _slip("beta2-decay-of-0.7", "defaults", _OPTIMIZER.default("beta2_decay", -0.7)),
    _slip("power-of-the-inverse", "beta2-decay", _OPTIMIZER.replaced("beta2_decay", lambda power: 1 / power)),
    _slip("step-size-not-limited", "learning-rate", _edited("min(lr, kept.step**-0.5)", "lr")),
    _slip("first-eps-added", "first-eps", _edited("np.maximum(np.sqrt(second), least)", "(np.sqrt(second) + least)")),
    _slip(
        "first-eps-under-the-root",
        "first-eps",
        _edited("np.maximum(np.sqrt(second), least)", "np.sqrt(np.maximum(second, least))"),
    ),
    _slip(
        "second-eps-added", "second-eps", _edited("max(eps2, _root_mean_square(p))", "(eps2 + _root_mean_square(p))")
    ),
    _slip("eps-exchanged", "second-eps", _OPTIMIZER.replaced("eps", lambda eps: (eps[1], eps[0] or 0.0))),
    _slip("threshold-ignored", "clipping", _OPTIMIZER.replaced("d", 1.0)),
    _slip("never-clipped", "clipping", _edited('rate / max(1.0, _root_mean_square(update) / group["d"])', "rate")),
    _slip(
        "size-after-decay",
        "weight-decay",
        edited(
            _OPTIMIZER.place("update"),
            ("rate = max(eps2, _root_mean_square(p)) * min(lr, kept.step**-0.5)", "decay = lr * group['weight_decay']"),
            (
                'p = p * (1 - lr * group["weight_decay"])',
                "p = p * (1 - decay)\n    rate = max(eps2, _root_mean_square(p)) * min(lr, kept.step**-0.5)",
            ),
        ),
    ),
    _slip(
        "decay-by-the-step-size",
        "weight-decay",
        _edited('1 - lr * group["weight_decay"]', '1 - rate * group["weight_decay"]'),
    ),
    _OPTIMIZER.forgetting("row_var"),
)
