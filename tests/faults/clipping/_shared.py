"""Faults of clipping: a few words of the reference's source changed."""

from __future__ import annotations

from conformance.strength import Fault
from tests.faults._planting import edited

_SCALED = ("clip_grad_norm_.*", "clip_grads_with_norm_.*")
_MEASURED = ("get_total_norm.*", "clip_grad_norm_.*", "clip_grad.*")


def scaling(card: str, others: str) -> tuple[Fault, ...]:
    """Return the slips of scaling as faults of one card; ``others`` is where its own clauses are called otherwise."""
    place = "nn.utils:clip_grads_with_norm_"
    return (
        Fault(
            f"{card}-small-number-left-out",
            f"{card}.small-norm",
            edited(place, (" + total_norm.array.dtype.type(1e-6)", "")),
            also=_SCALED,
        ),
        Fault(
            f"{card}-always-to-the-norm",
            f"{card}.no-amplification",
            edited(place, ("np.minimum(factor, 1).astype", "factor.astype")),
            also=_SCALED,
        ),
        Fault(
            f"{card}-squared-factor",
            f"{card}.{others}",
            edited(place, ("np.minimum(factor, 1)", "(np.minimum(factor, 1) ** 2)")),
            also=_SCALED,
        ),
        Fault(
            f"{card}-factor-in-half-precision",
            f"{card}.{others}",
            edited(place, ("np.minimum(factor, 1)", "np.minimum(factor, 1).astype(np.float16)")),
            also=_SCALED,
        ),
    )


def measuring(card: str) -> tuple[Fault, ...]:
    """Return the slips of the norm as faults of one card."""
    place = "nn.utils:_norm"
    whole = "nn.utils:get_total_norm"
    return (
        Fault(
            f"{card}-largest-of-the-norms",
            f"{card}.norm",
            edited(whole, ("norm = _norm(norms, float(norm_type))", "norm = np.max(norms)")),
            also=_MEASURED,
        ),
        Fault(
            f"{card}-sum-of-the-norms",
            f"{card}.norm",
            edited(whole, ("norm = _norm(norms, float(norm_type))", "norm = np.sum(norms)")),
            also=_MEASURED,
        ),
        Fault(
            f"{card}-root-left-out",
            f"{card}.norm-type",
            edited(place, (" ** (1 / order)", "")),
            also=_MEASURED,
        ),
        Fault(
            f"{card}-largest-and-not-largest-absolute",
            f"{card}.norm-type",
            edited(place, ("np.max(abs(array))", "np.max(array)")),
            also=_MEASURED,
        ),
        Fault(
            f"{card}-nan-alone-is-an-error",
            f"{card}.error-if-nonfinite",
            edited(whole, ("not np.isfinite(norm)", "np.isnan(norm)")),
            also=_MEASURED,
        ),
    )
