"""Mutants: functions of the reference backend with one change each.

A mutant is planted by giving the function another code object, so that every name that the function has, in whatever
class, namespace or table, has the mutant.
"""

from __future__ import annotations
import __future__

import ast
import builtins
import copy
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import FunctionType
from typing import Any

import adapters.reference
from tests.mutation._changes import Site, changed, marked, sites

_MARK = "__mutation_site__"


@dataclass(frozen=True)
class Mutant:
    """One change of one function.

    Args:
        function: The function that is changed.
        number: Which of the function's changes this is, in the order of its source.
        line: The line of the file where the change is.
        text: The text of that line.
        change: What is changed into what.
        kind: Why it is not counted, by rule: ``text`` or ``assertion``; empty if it is.
    """

    function: FunctionType
    number: int
    line: int
    text: str
    change: str
    kind: str

    @property
    def module(self) -> str:
        """The module of the function, within the reference backend."""
        return self.function.__module__.removeprefix(f"{adapters.reference.__name__}.")

    @property
    def id(self) -> str:
        """Where the change is and what it is, in one line."""
        return f"{self.module}:{self.line} {self.change}"

    @property
    def place(self) -> str:
        """The function."""
        return f"{self.module}:{self.function.__qualname__}"

    @property
    def key(self) -> str:
        """What the mutant is called for as long as its line stays, wherever in the file that is."""
        return f"{self.place} | {self.text} | {self.change}"

    @contextmanager
    def planted(self) -> Iterator[None]:
        """Let the function be the mutant for as long as the context lasts."""
        right = self.function.__code__
        tree, found = _parsed(self.function)
        self.function.__code__ = _compiled(changed(tree, found[self.number]), self.function)
        try:
            yield
        finally:
            self.function.__code__ = right


def functions() -> Iterator[FunctionType]:
    """Return the functions and methods of the reference backend, by a sorted walk, each once."""
    seen: set[int] = set()
    path, prefix = adapters.reference.__path__, f"{adapters.reference.__name__}."
    for name in sorted(module.name for module in pkgutil.walk_packages(path, prefix)):
        module = importlib.import_module(name)
        for owner in [module, *(one for one in vars(module).values() if isinstance(one, type))]:
            for member in list(vars(owner).values()):
                for function in _plain(member):
                    if function.__module__ == name and id(function) not in seen:
                        seen.add(id(function))
                        yield function


def mutants() -> Iterator[Mutant]:
    """Return every mutant of every function whose source can be compiled again as it stands."""
    for function in functions():
        try:
            tree, found = _parsed(function)
            _compiled(tree, function)
        except (OSError, SyntaxError, ValueError, TypeError):  # made by exec, a lambda, or a closure over more
            continue
        first = function.__code__.co_firstlineno - 1
        for number, site in enumerate(found):
            yield Mutant(function, number, first + site.line, site.text, site.what, site.kind)


class Watch:
    """Lets somebody know whenever what a mutant would change is evaluated; the functions compute what they always do.

    Args:
        made: All mutants, those of one function next to each other.
        note: Is called with a mutant's number among them.
    """

    def __init__(self, made: Sequence[Mutant], note: Callable[[int], None]) -> None:
        self._note = note
        first: dict[FunctionType, int] = {}
        for number, mutant in enumerate(made):
            first.setdefault(mutant.function, number)
        self._codes = {function: (function.__code__, _marked(function, number)) for function, number in first.items()}

    def __enter__(self) -> None:
        setattr(builtins, _MARK, self._note)
        for function, (_, marked_code) in self._codes.items():
            function.__code__ = marked_code

    def __exit__(self, *_: object) -> None:
        for function, (right, _) in self._codes.items():
            function.__code__ = right
        delattr(builtins, _MARK)


def _marked(function: FunctionType, first: int) -> Any:
    tree, found = _parsed(function)
    return _compiled(marked(tree, found, _MARK, first), function)


def _plain(member: Any) -> list[FunctionType]:
    if isinstance(member, (staticmethod, classmethod)):
        return _plain(member.__func__)
    if isinstance(member, property):
        return [one for part in (member.fget, member.fset) if part is not None for one in _plain(part)]
    return [member] if isinstance(member, FunctionType) and not hasattr(member, "__wrapped__") else []


def _parsed(function: FunctionType) -> tuple[ast.FunctionDef, list[Site]]:
    source = _source(function)
    tree = ast.parse(source).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise TypeError(f"{function.__qualname__}: expected a function that is written with def")
    return tree, sites(tree, source.splitlines())


@cache
def _source(function: FunctionType) -> str:
    """Return the function's text as it was when it was first asked for: a file may be edited meanwhile."""
    return textwrap.dedent(inspect.getsource(function))


def _compiled(tree: ast.FunctionDef, function: FunctionType) -> Any:
    """Return the code object of ``tree``, over the same free variables as the function's own.

    Raises:
        ValueError: It has others.
    """
    bare = copy.copy(tree)
    bare.decorator_list = []
    free = function.__code__.co_freevars
    # A change may have taken out the last use of one, such as that of __class__ by super(): it is named all the same.
    named: list[ast.stmt] = [ast.Expr(ast.Name(name, ast.Load())) for name in free]
    bare.body = [*bare.body, *([ast.If(ast.Constant(False), named, [])] if named else [])]
    outer = ast.parse(f"def outer({', '.join(free)}): pass").body[0]
    assert isinstance(outer, ast.FunctionDef)
    outer.body = [bare]
    module = ast.fix_missing_locations(ast.Module([outer], []))
    flags = __future__.annotations.compiler_flag
    code = compile(module, f"<mutant of {function.__qualname__}>", "exec", flags, dont_inherit=True)
    (around,) = (constant for constant in code.co_consts if hasattr(constant, "co_consts"))
    (found,) = (constant for constant in around.co_consts if hasattr(constant, "co_code"))
    if found.co_freevars != free:
        raise ValueError(f"{function.__qualname__}: a mutant has the free variables {found.co_freevars}, not {free}")
    return found
