"""The tutorial's training step on the reference backend and on torch, one thread each, interleaved."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

LEARNING_RATE = 0.01


@dataclass(frozen=True)
class Measurement:
    """Seconds of one step, of both frameworks, one entry a round.

    Args:
        batch: Images a step.
        allowed: The ratio that the project promises.
        reference: Medians of the reference backend.
        torch: Medians of torch.
    """

    batch: int
    allowed: float
    reference: tuple[float, ...]
    torch: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median over rounds of the reference's time over torch's."""
        return statistics.median(ours / theirs for ours, theirs in zip(self.reference, self.torch, strict=True))


def network(namespace: Any) -> Any:
    """Return the network of the tutorial, built from the namespace."""
    nn, functional = namespace.nn, namespace.nn.functional

    class Network(nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self) -> None:
            super().__init__()
            self.convolution_1 = nn.Conv2d(1, 6, 3)
            self.convolution_2 = nn.Conv2d(6, 16, 3)
            self.dense_1 = nn.Linear(16 * 6 * 6, 120)
            self.dense_2 = nn.Linear(120, 84)
            self.classifier = nn.Linear(84, 10)

        def forward(self, x: Any) -> Any:
            x = functional.max_pool2d(functional.relu(self.convolution_1(x)), (2, 2))
            x = functional.max_pool2d(functional.relu(self.convolution_2(x)), 2)
            x = x.view(-1, 576)
            x = functional.relu(self.dense_1(x))
            x = functional.relu(self.dense_2(x))
            return self.classifier(x)

    return Network()


def training_step(namespace: Any, batch: int) -> Callable[[], None]:
    """Return a function that takes one step: forward, loss, backward, SGD."""
    numbers = np.random.default_rng(0)
    images = namespace.from_numpy(numbers.standard_normal((batch, 1, 32, 32), dtype=np.float32))
    targets = namespace.from_numpy(numbers.standard_normal((batch, 10), dtype=np.float32))
    model = network(namespace)
    loss_function = namespace.nn.MSELoss()
    optimizer = namespace.optim.SGD(model.parameters(), lr=LEARNING_RATE)

    def step() -> None:
        optimizer.zero_grad()
        loss_function(model(images), targets).backward()
        optimizer.step()

    return step


def measure(reference: Any, torch: Any, batch: int, allowed: float, *, rounds: int = 7, steps: int = 30) -> Measurement:
    """Time both frameworks in turns, so that a change of the machine's speed meets both.

    Args:
        reference: The namespace of the reference backend.
        torch: torch.
        batch: Images a step.
        allowed: The ratio that the project promises.
        rounds: Turns of each framework.
        steps: Steps a turn; the turn's median counts.
    """
    ours, theirs = training_step(reference, batch), training_step(torch, batch)
    times: tuple[list[float], list[float]] = ([], [])
    for step in (ours, theirs):
        _median_of(step, steps)  # warm caches and thread pools
    for _ in range(rounds):
        for step, taken in zip((ours, theirs), times, strict=True):
            taken.append(_median_of(step, steps))
    return Measurement(batch, allowed, tuple(times[0]), tuple(times[1]))


def _median_of(step: Callable[[], None], steps: int) -> float:
    taken = []
    for _ in range(steps):
        start = time.perf_counter()
        step()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)
