"""Mutants: functions of the reference backend with one operator, constant, condition or statement changed.

A mutant is planted by giving the function another code object, so that every name that the function has, in whatever
class, namespace or table, has the mutant.
"""

from __future__ import annotations
import __future__

import ast
import copy
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import adapters.reference

_SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
}

Change = Callable[[ast.AST], ast.AST]


@dataclass(frozen=True)
class Mutant:
    """One change of one function.

    Args:
        function: The function that is changed.
        number: Which of the function's changes this is, in the order of its source.
        line: The line of the file where the change is.
        change: What is changed into what.
    """

    function: FunctionType
    number: int
    line: int
    change: str

    @property
    def id(self) -> str:
        """Where the change is and what it is, in one line."""
        return f"{self.function.__module__.removeprefix('adapters.reference.')}:{self.line} {self.change}"

    @contextmanager
    def planted(self) -> Iterator[None]:
        """Let the function be the mutant for as long as the context lasts."""
        right = self.function.__code__
        tree = _parsed(self.function)
        _, node, change = _sites(tree)[self.number]
        self.function.__code__ = _compiled(_replaced(tree, node, change(node)), self.function)
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
            tree = _parsed(function)
            _compiled(tree, function)
        except (OSError, SyntaxError, ValueError, TypeError):  # made by exec, a lambda, or a closure over more
            continue
        first = function.__code__.co_firstlineno - 1
        for number, (what, node, _) in enumerate(_sites(tree)):
            yield Mutant(function, number, first + getattr(node, "lineno", 1), what)


def _plain(member: Any) -> list[FunctionType]:
    if isinstance(member, (staticmethod, classmethod)):
        return _plain(member.__func__)
    if isinstance(member, property):
        return [one for part in (member.fget, member.fset) if part is not None for one in _plain(part)]
    return [member] if isinstance(member, FunctionType) and not hasattr(member, "__wrapped__") else []


def _parsed(function: FunctionType) -> ast.FunctionDef:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise TypeError(f"{function.__qualname__}: expected a function that is written with def")
    return tree


def _sites(tree: ast.FunctionDef) -> list[tuple[str, ast.AST, Change]]:
    """Return what may be changed in the body: in words, the node, and what makes the other node of it."""
    found: list[tuple[str, ast.AST, Change]] = []
    for statement in tree.body:
        for node in _walk(statement):
            found += [(what, node, change) for what, change in _changes(node)]
    return found


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """Walk what is computed: not what errors say, what types are called, or what text stands anywhere."""
    if isinstance(node, (ast.Raise, ast.Assert, ast.JoinedStr, ast.Import, ast.ImportFrom)):
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child)


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    if isinstance(node, (ast.BinOp, ast.BoolOp)) and type(node.op) in _SWAPPED:
        other = _SWAPPED[type(node.op)]
        yield f"{type(node.op).__name__} becomes {other.__name__}", lambda n: _with(n, op=other())
    elif isinstance(node, ast.AugAssign) and type(node.op) in _SWAPPED:
        other = _SWAPPED[type(node.op)]
        yield f"{type(node.op).__name__}= becomes {other.__name__}=", lambda n: _with(n, op=other())
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in _SWAPPED:
        other = _SWAPPED[type(node.ops[0])]
        yield f"{type(node.ops[0]).__name__} becomes {other.__name__}", lambda n: _with(n, ops=[other(), *n.ops[1:]])
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not, ast.Invert)):
        yield f"without {type(node.op).__name__}", lambda n: n.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value} becomes {not node.value}", lambda n: ast.Constant(not n.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        yield f"{node.value} becomes {node.value + 1}", lambda n: ast.Constant(n.value + 1)
    elif isinstance(node, (ast.If, ast.IfExp)):
        yield "condition turned round", lambda n: _with(n, test=ast.UnaryOp(ast.Not(), n.test))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield f"without the call of {ast.unparse(node.value.func)}", lambda _: ast.Pass()


def _with(node: Any, **fields: Any) -> Any:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _replaced(tree: ast.FunctionDef, old: ast.AST, new: ast.AST) -> ast.FunctionDef:
    class Replacer(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> Any:
            return ast.copy_location(new, node) if node is old else super().visit(node)

    changed = Replacer().visit(tree)
    assert isinstance(changed, ast.FunctionDef)
    return changed


def _compiled(tree: ast.FunctionDef, function: FunctionType) -> Any:
    """Return the code object of ``tree``, over the same free variables as the function's own.

    Raises:
        ValueError: It has others.
    """
    bare = copy.copy(tree)
    bare.decorator_list = []
    free = function.__code__.co_freevars
    # A change may have taken out the last use of one, such as that of __class__ by super(): it is named all the same.
    named = [ast.Expr(ast.Name(name, ast.Load())) for name in free]
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
