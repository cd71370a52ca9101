"""Ten common layers, forward and backward, on the reference backend and on torch, one thread each, float32."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.turns import Measurement, in_turns

ALLOWED = 4.0
"""How many times torch's time a layer may take."""

ALLOWED_OF_SEQUENCES = 6.0
"""The same of layers that are many small steps."""

CLASSES = 64


@dataclass(frozen=True)
class Subject:
    """A layer and what it is given.

    Args:
        make: Makes the layer from ``nn``.
        shape: The shape of its input.
        allowed: How many times torch's time it may take.
        call: How it is called.
    """

    make: Callable[[Any], Any]
    shape: tuple[int, ...]
    allowed: float = ALLOWED
    call: Callable[[Any, Any, Any], Any] = lambda layer, x, _: layer(x)


def _of_indices(layer: Any, _: Any, indices: Any) -> Any:
    return layer(indices)


SUBJECTS = {
    "Linear": Subject(lambda nn: nn.Linear(256, 256), (64, 256)),
    "Conv2d": Subject(lambda nn: nn.Conv2d(16, 32, 3, padding=1), (8, 16, 32, 32)),
    "MaxPool2d": Subject(lambda nn: nn.MaxPool2d(2), (8, 16, 32, 32)),
    "BatchNorm2d": Subject(lambda nn: nn.BatchNorm2d(16), (8, 16, 32, 32)),
    "LayerNorm": Subject(lambda nn: nn.LayerNorm(256), (64, 256)),
    "GELU": Subject(lambda nn: nn.GELU(), (64, 1024)),
    "Embedding": Subject(lambda nn: nn.Embedding(1000, 64), (32, 16), call=_of_indices),
    "CrossEntropyLoss": Subject(
        lambda nn: nn.CrossEntropyLoss(), (512, CLASSES), call=lambda layer, x, indices: layer(x, indices[:, 0])
    ),
    "LSTM": Subject(
        lambda nn: nn.LSTM(64, 128, batch_first=True),
        (16, 32, 64),
        ALLOWED_OF_SEQUENCES,
        lambda layer, x, _: layer(x)[0],
    ),
    "MultiheadAttention": Subject(
        lambda nn: nn.MultiheadAttention(64, 4, batch_first=True),
        (16, 32, 64),
        ALLOWED_OF_SEQUENCES,
        lambda layer, x, _: layer(x, x, x, need_weights=False)[0],
    ),
}
"""What is measured, by the class's name."""


def pass_of(namespace: Any, subject: Subject) -> Callable[[], None]:
    """Return a function that goes forward and backward once: gradients of the input and of every parameter."""
    numbers = np.random.default_rng(0)
    x = namespace.from_numpy(numbers.standard_normal(subject.shape, dtype=np.float32)).requires_grad_()
    indices = namespace.from_numpy(numbers.integers(0, CLASSES, subject.shape[:2]))
    layer = subject.make(namespace.nn)

    def once() -> None:
        x.grad = None
        layer.zero_grad()
        subject.call(layer, x, indices).sum().backward()

    return once


def measure(reference: Any, torch: Any, *, rounds: int = 5, steps: int = 11) -> list[Measurement]:
    """Time every layer on both frameworks in turns."""
    return [
        in_turns(
            name, subject.allowed, pass_of(reference, subject), pass_of(torch, subject), rounds=rounds, steps=steps
        )
        for name, subject in SUBJECTS.items()
    ]
