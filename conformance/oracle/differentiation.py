"""The reverse mode of bounded arithmetic: cotangents pulled back along the tape that the operations keep."""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np

from conformance.oracle.arithmetic import quietly
from conformance.oracle.bounded import Bounded
from conformance.oracle.movement import stack_sum


@quietly
def vector_jacobian_product(
    output: Bounded, cotangent: Bounded, inputs: Sequence[Bounded], *, independent: bool = False
) -> list[Bounded]:
    """Return, for each of ``inputs``, the sum over ``output`` of the cotangent times the derivative.

    Args:
        output: What the inputs were taken to.
        cotangent: One number for every element of ``output``.
        inputs: Arrays that ``output`` was computed from; the product is exactly zero for one that it was not.
        independent: Whether the inputs vary independently of each other, also where one was computed from another.

    Raises:
        ValueError: The cotangent's shape is not the output's.
    """
    if cotangent.shape != output.shape:
        raise ValueError(f"expected a cotangent of the output's shape {output.shape}, not {cotangent.shape}")
    arriving: dict[int, list[Bounded]] = {id(output): [cotangent]}
    collected: dict[int, Bounded] = {}
    ends = {id(x) for x in inputs} if independent else set()
    nodes = _downstream_first(output, ends)
    leading = _leading_to(inputs, nodes)
    for node in nodes:
        contributions = arriving.pop(id(node), None)
        if contributions is None:
            continue
        collected[id(node)] = stack_sum(contributions)
        if id(node) in ends:
            continue
        for parent, pullback in node.parents:
            if id(parent) in leading:
                arriving.setdefault(id(parent), []).append(pullback(collected[id(node)]))
    return [collected.get(id(x), _zero_like(x)) for x in inputs]


def _downstream_first(output: Bounded, ends: Set[int]) -> list[Bounded]:
    """Return the nodes behind ``output`` so that each comes before everything it was computed from.

    What the nodes of the identities ``ends`` were computed from is left out.
    """
    finished: list[Bounded] = []
    seen: set[int] = set()
    stack: list[tuple[Bounded, bool]] = [(output, False)]
    while stack:
        node, expanded = stack.pop()
        if expanded:
            finished.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            if id(node) not in ends:
                stack.extend((parent, False) for parent, _ in node.parents)
    return finished[::-1]


def _leading_to(inputs: Sequence[Bounded], nodes: Sequence[Bounded]) -> set[int]:
    """Return the identities of those of ``nodes`` that were computed from ``inputs``, and of the inputs themselves."""
    leading = {id(x) for x in inputs}
    for node in reversed(nodes):
        if any(id(parent) in leading for parent, _ in node.parents):
            leading.add(id(node))
    return leading


def _zero_like(x: Bounded) -> Bounded:
    return Bounded(np.zeros_like(x.value), np.zeros_like(x.error), x.arithmetic)
