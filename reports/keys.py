"""The name of a check without its backend, by which the same check is found on another backend."""

from __future__ import annotations

WILDCARD = "[*"


def key(check: str, backend: str) -> str:
    """Return ``test_value[*-conv2d.stride]`` for ``test_value[ref-conv2d.stride]`` of the backend ``ref``.

    A name that does not start its brackets with the backend is its own key.
    """
    head, bracket, rest = check.partition(f"[{backend}")
    if bracket and rest[:1] in ("-", "]") and "[" not in head:
        return f"{head}{WILDCARD}{rest}"
    return check


def check(key_: str, backend: str) -> str:
    """Return the name of the check ``key_`` on ``backend``: the inverse of :func:`key`."""
    return key_.replace(WILDCARD, f"[{backend}", 1)
