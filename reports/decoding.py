"""JSON to frozen dataclasses, by their type hints; the first thing that is wrong is named with its path."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

Decoder = Callable[[Any], Any]
Record = TypeVar("Record")

MISSING = object()

INFINITE = "inf"
"""How an infinite ratio is written: JSON has no infinity."""


class DecodingError(ValueError):
    """A JSON value is not what its place asks for; ``path`` grows from the inside out."""

    def __init__(self, expected: str, actual: Any) -> None:
        super().__init__(expected)
        self.expected = expected
        self.actual = actual
        self.path: list[str] = []

    def __str__(self) -> str:
        path = "".join(reversed(self.path)).lstrip(".")
        came = "but it is missing" if self.actual is MISSING else f"not {excerpt(self.actual)}"
        return f"{path if path else 'the whole document'}: expected {self.expected}, {came}"


def excerpt(value: Any, limit: int = 60) -> str:
    """Return a short one-line picture of a JSON value for an error message."""
    if isinstance(value, dict):
        return f"an object of {len(value)} members"
    if isinstance(value, list):
        return f"an array of {len(value)} elements"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = ascii(value)
    return text if len(text) <= limit else f"{text[:limit]}... ({len(text)} characters)"


def decode(kind: type[Record], value: Any) -> Record:
    """Return ``value``, as ``json.loads`` gave it, as an instance of the dataclass ``kind``.

    Raises:
        DecodingError: at the first member that is missing, unknown or of another type.
    """
    hint: Any = kind
    decoded: Record = _decoder(hint)(value)
    return decoded


@cache
def _decoder(hint: Any) -> Decoder:
    """Return the function that reads a JSON value of the type ``hint``."""
    origin, arguments = get_origin(hint), get_args(hint)
    if dataclasses.is_dataclass(hint):
        return _of_record(hint)
    if origin is None:
        return {str: _text, int: _integer, float: _number, bool: _boolean}[hint]
    if origin is Annotated:
        return _may_be_infinite
    if origin is Literal:
        return _of_choices(arguments)
    if origin is tuple:
        return _of_array(_decoder(arguments[0]))
    return _of_mapping(_decoder(arguments[1])) if origin is Mapping else _of_optional(_decoder(arguments[0]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise DecodingError("text", value)
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise DecodingError("true or false", value)
    return value


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise DecodingError("a whole number", value)
    return value


def _number(value: Any) -> float:
    # Compared before it is converted: a whole number of 400 digits has no float.
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= 1.7976931348623157e308:
        raise DecodingError("a finite number", value)
    return float(value)


def _may_be_infinite(value: Any) -> float:
    if value == INFINITE:
        return math.inf
    try:
        number = _number(value)
    except DecodingError:
        number = -1.0
    if number < 0:
        raise DecodingError(f"a number from 0 up, or {INFINITE!r}", value)
    return number


def _of_choices(choices: tuple[Any, ...]) -> Decoder:
    allowed = frozenset(choices)
    expected = "one of " + ", ".join(map(repr, choices))

    def read(value: Any) -> Any:
        if not isinstance(value, str) or value not in allowed:
            raise DecodingError(expected, value)
        return value

    return read


def _of_optional(inner: Decoder) -> Decoder:
    def read(value: Any) -> Any:
        if value is None:
            return None
        try:
            return inner(value)
        except DecodingError as error:
            if not error.path:
                error.expected += " or null"
            raise

    return read


def _of_array(inner: Decoder) -> Decoder:
    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise DecodingError("an array", value)
        elements = []
        try:
            for element in value:
                elements.append(inner(element))  # noqa: PERF401 - the count so far is the index of the one that fails
        except DecodingError as error:
            error.path.append(f"[{len(elements)}]")
            raise
        return tuple(elements)

    return read


def _of_mapping(inner: Decoder) -> Decoder:
    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise DecodingError("an object", value)
        members: dict[str, Any] = {}
        for name, member in value.items():
            try:
                members[name] = inner(member)
            except DecodingError as error:
                error.path.append(f"[{excerpt(name)}]")
                raise
        return members

    return read


def _of_record(kind: Any) -> Decoder:
    hints = get_type_hints(kind, include_extras=True)
    decoders = {field.name: _decoder(hints[field.name]) for field in dataclasses.fields(kind)}
    required = [field.name for field in dataclasses.fields(kind) if not _has_default(field)]

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise DecodingError("an object", value)
        members: dict[str, Any] = {}
        for name, member in value.items():
            if name not in decoders:
                raise DecodingError(f"the members {', '.join(decoders)} and no others", name)
            try:
                members[name] = decoders[name](member)
            except DecodingError as error:
                error.path.append(f".{name}")
                raise
        for name in required:
            if name not in members:
                missing = DecodingError("a value", MISSING)
                missing.path.append(f".{name}")
                raise missing
        return kind(**members)

    return read


def _has_default(field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
