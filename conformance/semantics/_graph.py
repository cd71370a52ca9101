"""Walking the graph that hangs on ``grad_fn``."""

from __future__ import annotations

import re
from typing import Any

ACCUMULATE = "AccumulateGrad"
"""The name of the node that stands for a leaf."""


def name_of(node: Any) -> str:
    """Return a node's name without its namespace and without the digit that newer versions of torch append."""
    return re.sub(r"\d+$", "", node.name().rpartition("::")[2])


def next_of(node: Any) -> list[Any]:
    """Return the nodes at the ends of a node's edges, ``None`` for an input that does not require gradients."""
    return [following for following, _ in node.next_functions]


def leaves_below(node: Any) -> list[Any]:
    """Return every distinct AccumulateGrad node that can be reached from ``node``."""
    seen: list[Any] = []
    stack = [node]
    while stack:
        current = stack.pop()
        if not any(current is other for other in seen):
            seen.append(current)
            stack.extend(following for following in next_of(current) if following is not None)
    return [visited for visited in seen if name_of(visited) == ACCUMULATE]


def longest_path(node: Any) -> list[str]:
    """Return the names of the nodes from ``node`` to the leaf that is farthest away, that leaf left out."""
    paths = [longest_path(following) for following in next_of(node) if following is not None]
    below = max(paths, key=len, default=[])
    return [] if name_of(node) == ACCUMULATE else [name_of(node), *below]
