"""What may be changed in a function: one operator, constant, condition or call, each by a rule on the syntax tree."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

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

Change = Callable[[Any], Any]


@dataclass(frozen=True)
class Site:
    """One place of a function, and one change there.

    Args:
        node: What is changed.
        change: What makes the other node of it.
        what: The change in words; the second of the same kind in one line ends in ``(2)``, and so on.
        line: The line, counted from 1 at the function's first.
        text: The line's text.
        kind: ``refusal`` in the condition of what only raises, and for the call of what is named so; ``text``
            whom; ``assertion`` for zip's ``strict``; else nothing.
    """

    node: ast.AST
    change: Change
    what: str
    line: int
    text: str
    kind: str


def sites(tree: ast.FunctionDef, source: Sequence[str]) -> list[Site]:
    """Return what may be changed in the body of a function, in the order of its source.

    Args:
        tree: The function.
        source: Its lines.
    """
    found: list[Site] = []
    alike: Counter[tuple[str, str]] = Counter()
    for statement in tree.body:
        for node, kind in _walk(statement, ""):
            for what, change in _changes(node):
                line = getattr(node, "lineno", 1)
                text = " ".join(source[line - 1].split())
                alike[text, what] += 1
                count = alike[text, what]
                found.append(Site(node, change, what if count == 1 else f"{what} ({count})", line, text, kind))
    return found


def changed(tree: ast.FunctionDef, site: Site) -> ast.FunctionDef:
    """Return ``tree`` with the change of ``site`` made."""
    return _replaced(tree, {id(site.node): site.change})


def marked(tree: ast.FunctionDef, places: Sequence[Site], mark: str, first: int) -> ast.FunctionDef:
    """Return ``tree`` with a call of ``mark`` at each site, before what may be changed there is evaluated.

    Args:
        tree: The function.
        places: Its sites.
        mark: The name of what is called, with the number of the site.
        first: The number of the first site; the others follow.
    """
    numbers: dict[int, list[int]] = {}
    for number, site in enumerate(places, first):
        numbers.setdefault(id(site.node), []).append(number)

    def marking(node: Any, calls: list[int]) -> Any:
        field = {ast.If: "test", ast.AugAssign: "value", ast.Expr: "value"}.get(type(node))
        value = getattr(node, field) if field is not None else node
        for number in calls:
            called = ast.Call(ast.Name(mark, ast.Load()), [ast.Constant(number)], [])
            value = ast.Subscript(ast.Tuple([called, value], ast.Load()), ast.Constant(1), ast.Load())
        return value if field is None else _with(node, **{field: value})

    return _replaced(tree, {key: lambda node, n=calls: marking(node, n) for key, calls in numbers.items()})


def _walk(node: ast.AST, kind: str) -> Iterator[tuple[ast.AST, str]]:
    """Walk what is computed: not what errors say, what types are called, or what text stands anywhere."""
    if isinstance(node, (ast.Raise, ast.Assert, ast.JoinedStr, ast.Import, ast.ImportFrom)):
        return
    kind = kind or ("refusal" if _refuses(node) else "")
    yield node, kind
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child, kind or _kind(node, child))


def _refuses(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return len(node.body) == 1 and isinstance(node.body[0], ast.Raise) and not node.orelse
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        name = ast.unparse(node.value.func).rpartition(".")[2].lstrip("_")
        return name.startswith(("require", "refuse", "check"))
    return False


def _kind(node: ast.AST, child: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    if ast.unparse(node.func) == "warnings.warn":
        return "text"
    strict = isinstance(child, ast.keyword) and child.arg == "strict"
    return "assertion" if strict and ast.unparse(node.func) == "zip" else ""


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


def _replaced(tree: ast.FunctionDef, replacements: dict[int, Change]) -> ast.FunctionDef:
    """Return ``tree`` with the nodes of those identities replaced, what is in them first; ``tree`` itself is spent."""

    class Replacer(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> Any:
            made = self.generic_visit(node)
            change = replacements.get(id(node))
            return made if change is None else ast.copy_location(change(made), node)

    found = Replacer().visit(tree)
    assert isinstance(found, ast.FunctionDef)
    return found
