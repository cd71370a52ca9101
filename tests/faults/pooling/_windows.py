"""Slips with windows over any number of dimensions, that any pool may make."""

from __future__ import annotations

from typing import Any

import numpy as np


def each(given: Any, n: int) -> tuple[int, ...]:
    entries = tuple(given) if isinstance(given, (tuple, list)) else (given,)
    return entries * n if len(entries) == 1 else entries


def turned(n: int) -> Any:
    """Return what takes the lengths of several directions in the wrong order."""
    return lambda given: each(given, n)[::-1] if given is not None else None


def single_for_last(neutral: int, n: int) -> Any:
    """Return what takes a number, or a tuple of one, for the last direction alone; 1 more if there is no other."""

    def change(given: Any) -> Any:
        entries = tuple(given) if isinstance(given, (tuple, list)) else (given,)
        if given is None or len(entries) != 1:
            return given
        return (*(neutral,) * (n - 1), entries[0]) if n > 1 else (neutral,) if given == entries else given

    return change


def at_most_the_window(n: int) -> Any:
    def wrong(right: Any, stride: Any, kernel_size: Any, **others: Any) -> Any:
        if stride is not None:
            stride = tuple(map(min, each(stride, n), each(kernel_size, n)))
        return right(stride=stride, kernel_size=kernel_size, **others)

    return wrong


def with_batch(n: int) -> Any:
    def wrong(right: Any, input: Any, **others: Any) -> Any:
        result = right(input=input, **others)
        return result.unsqueeze(0) if input.ndim == n + 1 else result

    return wrong


def no_empty_batch(right: Any, input: Any, **others: Any) -> Any:
    if 0 in input.shape:
        raise RuntimeError("the batch is empty")
    return right(input=input, **others)


def padding_cut(n: int) -> Any:
    """Return what cuts padding beyond half of the window down to that."""

    def wrong(right: Any, padding: Any, kernel_size: Any, **others: Any) -> Any:
        pads = tuple(min(p, k // 2) for p, k in zip(each(padding, n), each(kernel_size, n), strict=True))
        return right(padding=pads, kernel_size=kernel_size, **others)

    return wrong


def window_cut(n: int) -> Any:
    """Return what cuts a window that is larger than the padded input down to it."""

    def wrong(right: Any, input: Any, kernel_size: Any, padding: Any, **others: Any) -> Any:
        room = [length + 2 * p for length, p in zip(input.shape[-n:], each(padding, n), strict=True)]
        size = tuple(map(min, each(kernel_size, n), room)) if input.ndim > n and 0 not in input.shape else kernel_size
        return right(input=input, kernel_size=size, padding=padding, **others)

    return wrong


def any_dimensions(n: int) -> Any:
    def wrong(right: Any, input: Any, **others: Any) -> Any:
        fits = input.ndim in (n + 1, n + 2)
        return right(input=input if fits else input.reshape(1, -1, *input.shape[-n:]), **others)

    return wrong


def in_its_own_memory(right: Any, input: Any, **others: Any) -> Any:
    """The results are kept in the memory of the input."""
    result = right(input=input, **others)
    if isinstance(result, tuple):
        return result
    count = min(result.array.size, input.array.size)
    input.array.reshape(-1)[:count] = result.array.reshape(-1)[:count]
    return result


def shifted(found: Any) -> Any:
    return np.roll(found, 1, axis=-1)
