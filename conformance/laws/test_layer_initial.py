"""The layer-initial law: a new layer's parameters are drawn as documented, uniformly between two bounds.

The bounds hold for every number. That the draw is uniform is judged by the largest distance between the empirical and
the documented distribution function: by the Dvoretzky-Kiefer-Wolfowitz inequality, with the constant of Massart (1990),
it passes sqrt(ln(2 / p) / (2 n)) with a chance of p at most, whatever the generator.
"""

from __future__ import annotations

from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from conformance.card import LayerCard
from conformance.case import Case
from conformance.law import Law
from conformance.oracle import numpy_dtype
from conformance.profile import Profile
from conformance.trial import Trial, quiet

_CHANCE = 1e-12
"""How likely a false alarm may be, for each parameter."""

LAW = Law("layer_initial", Profile.INITIALIZER, LayerCard, dtypes=("float32",))


def test_layer_initial(trial: Trial) -> None:
    """Compare the values of a new layer's parameters with the documented distribution."""
    card, backend = trial.check.card, trial.backend

    def verify(case: Case) -> None:
        options = card.layer.options(case)
        with quiet():
            kept = backend.layer_state(backend.layer(card.layer.name, options, {}, trial.check.dtype))
        for name, (low, high) in card.initial(**options).items():
            values = np.sort(kept[name].astype(np.float64).reshape(-1))
            margin = float(np.finfo(numpy_dtype(trial.check.dtype)).eps) * max(abs(low), abs(high))
            if not np.all((values >= low - margin) & (values <= high + margin)):
                worst = values[np.argmax(abs(values - (low + high) / 2))]
                trial.fail(f"{name} has a value out of bounds", case, f"from {low} to {high}", f"{worst}")
            if (distance := _distance(values, low, high)) > (limit := sqrt(log(2 / _CHANCE) / (2 * values.size))):
                told = f"a distance of {distance:.3g} from it, over {values.size} values"
                trial.fail(f"{name} is not uniform", case, f"uniform from {low} to {high}, within {limit:.3g}", told)

    trial.each_case(verify)


def _distance(values: NDArray[np.float64], low: float, high: float) -> float:
    """Return the largest distance between the distribution of sorted ``values`` and the uniform one."""
    uniform = (values - low) / (high - low)
    steps = np.arange(values.size + 1) / values.size
    return float(max(np.max(steps[1:] - uniform), np.max(uniform - steps[:-1])))
