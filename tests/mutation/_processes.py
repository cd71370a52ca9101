"""Work done in processes that may die of it: whoever dies is replaced, and the rest goes on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

_FORK = get_context("fork")


def each(
    work: Callable[[Any], tuple[Any, bool]], tasks: Sequence[Any], processes: int, seconds: float
) -> Iterator[Any]:
    """Return each task with what ``work`` makes of it, as they are done.

    Args:
        work: Takes a task; returns the result, and whether its process is still fit for others.
        tasks: What is to be done, handed out in this order.
        processes: How many at a time.
        seconds: How long a task may take before its process is ended.

    Returns:
        Pairs of a task and its result; the result is ``None`` if the process died of it or was ended.
    """
    waiting = list(reversed(tasks))
    busy: dict[Connection, tuple[BaseProcess, Any]] = {}
    try:
        while waiting or busy:
            while waiting and len(busy) < processes:
                _give(*_started(work), waiting.pop(), busy)
            for ready in wait(list(busy), timeout=seconds) or list(busy):
                assert isinstance(ready, Connection)
                process, task = busy.pop(ready)
                result, fit = _answer(ready)
                if fit and waiting:
                    _give(process, ready, waiting.pop(), busy)
                else:
                    _end(process, ready)
                yield task, result
    finally:
        for connection, (process, _) in busy.items():
            _end(process, connection)


def _started(work: Callable[[Any], tuple[Any, bool]]) -> tuple[BaseProcess, Connection]:
    here, there = _FORK.Pipe()
    process = _FORK.Process(target=_serve, args=(work, there), daemon=True)
    process.start()
    there.close()
    return process, here


def _serve(work: Callable[[Any], tuple[Any, bool]], connection: Connection) -> None:
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    while True:
        try:
            task = connection.recv()
        except EOFError:
            return
        connection.send(work(task))


def _give(process: BaseProcess, connection: Connection, task: Any, busy: dict[Connection, Any]) -> None:
    connection.send(task)
    busy[connection] = process, task


def _answer(connection: Connection) -> tuple[Any, bool]:
    try:
        return connection.recv() if connection.poll() else (None, False)
    except EOFError:
        return None, False


def _end(process: BaseProcess, connection: Connection) -> None:
    connection.close()
    process.kill()
    process.join()
