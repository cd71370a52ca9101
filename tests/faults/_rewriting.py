"""A function's own source text with a few words changed, compiled in the function's place."""

from __future__ import annotations
import __future__

import ast
import inspect
import textwrap
from collections.abc import Sequence
from typing import Any

_INSTALLING = frozenset({"method", "attribute", "property", "setter", "classmethod", "staticmethod"})
"""Decorators that put a function in its place: there it is already."""


class PlantingError(LookupError):
    """A fault cannot be planted: what it would change is not in the reference backend."""


def rewritten(right: Any, owner: Any, place: str, changes: Sequence[tuple[str, str]]) -> Any:
    """Return a function, method or property like ``right``, its source text changed.

    Args:
        right: What is in the place.
        owner: The class or module that the place is in.
        place: The place, for errors.
        changes: Each a text that occurs once in the source, and what stands there instead.

    Raises:
        PlantingError: A text does not occur, or not once only.
    """
    if isinstance(right, (classmethod, staticmethod)):
        return type(right)(rewritten(right.__func__, owner, place, changes))
    if isinstance(right, property):
        accessors = (right.fget, right.fset, right.fdel)
        return property(
            *(
                one if one is None or changes[0][0] not in _source(one) else rewritten(one, owner, place, changes)
                for one in accessors
            )
        )
    source = _source(right)
    for old, new in changes:
        if source.count(old) != 1:
            raise PlantingError(
                f"{place}: expected its source to have {old!r} once, not {source.count(old)} times: "
                "write the fault anew for the source as it is now"
            )
        source = source.replace(old, new)
    return _compiled(source, inspect.unwrap(right), owner, place)


def _source(function: Any) -> str:
    return textwrap.dedent(inspect.getsource(inspect.unwrap(function)))


def _compiled(source: str, right: Any, owner: Any, place: str) -> Any:
    """Return the function of ``source`` among the names of ``right``, ``super()`` included."""
    tree = ast.parse(source)
    (function,) = tree.body
    assert isinstance(function, ast.FunctionDef)
    function.decorator_list = [one for one in function.decorator_list if _name(one) not in _INSTALLING]
    outer = ast.parse("def outer(__class__): return inner").body[0]
    assert isinstance(outer, ast.FunctionDef)
    outer.body = [function, ast.Return(ast.Name(function.name, ast.Load()))]
    module = ast.fix_missing_locations(ast.Module([outer], []))
    flags = __future__.annotations.compiler_flag
    made: dict[str, Any] = {}
    exec(compile(module, f"<{place}, with a fault>", "exec", flags, dont_inherit=True), right.__globals__, made)
    return made["outer"](owner if isinstance(owner, type) else None)


def _name(decorator: ast.expr) -> str:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
