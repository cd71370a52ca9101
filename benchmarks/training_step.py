"""The tutorial's training step on the reference backend and on torch, one thread each, interleaved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.turns import Measurement, in_turns

LEARNING_RATE = 0.01


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


def measure(reference: Any, torch: Any, batch: int, allowed: float) -> Measurement:
    """Time both frameworks in turns: seven rounds of thirty steps each.

    Args:
        reference: The namespace of the reference backend.
        torch: torch.
        batch: Images a step.
        allowed: The ratio that the project promises.
    """
    steps = training_step(reference, batch), training_step(torch, batch)
    return in_turns(f"batch of {batch}", allowed, *steps, rounds=7, steps=30)
