"""Two frameworks timed in turns in one process, so that a change of the machine's speed meets both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measurement:
    """Seconds of one step, of both frameworks, one entry a round.

    Args:
        what: What is measured.
        allowed: The ratio that the project promises.
        reference: Medians of the reference backend.
        torch: Medians of torch.
    """

    what: str
    allowed: float
    reference: tuple[float, ...]
    torch: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median over rounds of the reference's time over torch's."""
        return statistics.median(ours / theirs for ours, theirs in zip(self.reference, self.torch, strict=True))

    @property
    def is_kept(self) -> bool:
        """Whether the promise is kept."""
        return self.ratio <= self.allowed


def in_turns(
    what: str, allowed: float, reference: Callable[[], None], torch: Callable[[], None], *, rounds: int, steps: int
) -> Measurement:
    """Time both steps in turns: ``rounds`` turns of each, ``steps`` steps a turn, of which the median counts."""
    times: tuple[list[float], list[float]] = ([], [])
    for step in (reference, torch):
        _median_of(step, steps)  # warm caches and thread pools
    for _ in range(rounds):
        for step, taken in zip((reference, torch), times, strict=True):
            taken.append(_median_of(step, steps))
    return Measurement(what, allowed, tuple(times[0]), tuple(times[1]))


def _median_of(step: Callable[[], None], steps: int) -> float:
    taken = []
    for _ in range(steps):
        start = time.perf_counter()
        step()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def table(title: str, measurements: list[Measurement]) -> str:
    """Return the table of medians and ratios."""
    lines = [title, f"{'':<20} {'reference':>12} {'torch':>12} {'ratio':>7} {'allowed':>8}  verdict"]
    for m in measurements:
        ours, theirs = (statistics.median(times) * 1e3 for times in (m.reference, m.torch))
        verdict = "kept" if m.is_kept else "not kept"
        lines.append(f"{m.what:<20} {ours:>9.2f} ms {theirs:>9.2f} ms {m.ratio:>7.2f} {m.allowed:>8.1f}  {verdict}")
    return "\n".join(lines) + "\n"
