"""Faults of LBFGS."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import Planter, edited, method

_STEP = "optim.lbfgs:LBFGS.step"
_INIT = "optim.lbfgs:LBFGS.__init__"


def _default(option: str, value: object) -> Planter:
    """Give the class another default."""
    return method(_INIT, lambda right, self, params, **given: right(self, params, **{option: value, **given}))


FAULTS = (
    Fault(
        "along-the-gradient",
        "lbfgs.closure",
        edited("optim.lbfgs:_direction", ("return -gradient", "return gradient"), ("q, shares = -", "q, shares = ")),
        also=("lbfgs.*",),
    ),
    Fault(
        "the-gradients-that-are-there-are-taken",
        "lbfgs.closure-required",
        method(_STEP, lambda right, self, closure=None: right(self, (lambda: 0.0) if closure is None else closure)),
    ),
    Fault(
        "all-groups-as-one",
        "lbfgs.one-group",
        edited(_INIT, ("if len(self.param_groups) != 1:", "if len(self.param_groups) < 1:")),
    ),
    Fault("history-of-ten", "lbfgs.default-options", _default("history_size", 10)),
    Fault(
        "as-many-evaluations-as-iterations",
        "lbfgs.max-eval-default",
        edited(_INIT, ("max_iter * 5 // 4 if", "max_iter if")),
    ),
    Fault(
        "evaluations-not-counted",
        "lbfgs.max-eval",
        edited(_STEP, (' or calls >= group["max_eval"]', "")),
    ),
    Fault(
        "one-evaluation-too-many",
        "lbfgs.max-eval",
        edited(_STEP, ('calls >= group["max_eval"]', 'calls > group["max_eval"]')),
    ),
    Fault(
        "tolerance-of-the-change-alone",
        "lbfgs.tolerance-grad",
        edited(_STEP, ('np.max(abs(gradient), initial=0) <= group["tolerance_grad"]', "not gradient.any()")),
    ),
    Fault(
        "the-learning-rate-and-no-search",
        "lbfgs.strong-wolfe",
        edited(_STEP, ('if group["line_search_fn"] is not None:', "if False:")),
    ),
    Fault(
        "curvature-alone",
        "lbfgs.strong-wolfe",
        edited(
            "optim._line_search:strong_wolfe",
            ("enough = found <= loss + _DECREASE * length * slope", "enough = True"),
            ("abs(steepness) <= _CURVATURE * abs(slope)", "abs(steepness) >= _CURVATURE * abs(slope)"),
        ),
    ),
    Fault(
        "any-name-for-the-one-search",
        "lbfgs.line-search-name",
        edited(_INIT, ('if line_search_fn not in (None, "strong_wolfe"):', "if line_search_fn == 0:")),
    ),
    Fault(
        "memory-not-saved",
        "lbfgs.state-dict",
        method("optim.lbfgs:LBFGS.state_dict", lambda right, self: {**right(self), "state": {}}),
    ),
    Fault(
        "rate-ignored",
        "lbfgs.rate",
        edited("optim.lbfgs:LBFGS._move", ("length * direction", "direction")),
        also=("lbfgs.*",),
    ),
)
