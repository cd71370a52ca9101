"""A model of one ONNX operator: typed by the arrays it is called with, and held against the operator's schema first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
from onnx import ModelProto, helper

from adapters.contract import Array, Unsupported

_Kind = onnx.defs.OpSchema.AttrType


@dataclass(frozen=True)
class Call:
    """A model and what it is to be run on.

    Args:
        model: A graph of one node, every input and output of it one of the graph's.
        feeds: The arrays by the names of the graph's inputs.
    """

    model: ModelProto
    feeds: Mapping[str, Array]


def single(
    operator: str,
    inputs: Sequence[Array | None],
    attributes: Mapping[str, Any],
    outputs: Sequence[Any],
    opset: int,
    domain: str = "",
) -> Call:
    """Return a model of one node.

    Args:
        operator: The operator's name in ONNX.
        inputs: Its inputs in their order; None for one that is left out.
        attributes: Its attributes; None for one that is left out.
        outputs: The dtype of each output that is asked for.
        opset: The version of the operator set.
        domain: Whose operator set it is, ONNX's own by default.

    Raises:
        Unsupported: That operator set has no such operator, not for float64, or no such number as an attribute.
    """
    schema = _schema(operator, opset, domain)
    known = [None if array is None else np.asarray(array) for array in inputs]
    while known and known[-1] is None:
        known.pop()
    _require_types(schema, known)
    double = any(array is not None and array.dtype == np.float64 for array in known)
    given = {
        name: _attribute(schema, name, value, double=double) for name, value in attributes.items() if value is not None
    }
    names = ["" if array is None else f"input_{index}" for index, array in enumerate(known)]
    results = [f"output_{index}" for index in range(len(outputs))]
    feeds = {name: array for name, array in zip(names, known, strict=True) if array is not None}
    graph = helper.make_graph(
        [helper.make_node(operator, names, results, domain=domain, **given)],
        operator,
        [_typed(name, array.dtype, array.shape) for name, array in feeds.items()],
        [_typed(name, dtype, None) for name, dtype in zip(results, outputs, strict=True)],
    )
    versions = [helper.make_opsetid(domain, opset)]
    least = helper.find_min_ir_version_for(versions, ignore_unknown=True)
    return Call(helper.make_model(graph, opset_imports=versions, ir_version=least), feeds)


def _schema(operator: str, opset: int, domain: str) -> Any:
    try:
        return onnx.defs.get_schema(operator, opset, domain)
    except onnx.defs.SchemaError as error:
        raise Unsupported(f"{operator} in version {opset} of the operator set") from error


def _require_types(schema: Any, inputs: Sequence[Array | None]) -> None:
    """Raise where an input may be float32, but not float64; what else does not fit is the evaluator's to refuse."""
    for formal, array in zip(schema.inputs, inputs, strict=False):
        if array is None or array.dtype != np.float64:
            continue
        if "tensor(float)" in formal.types and "tensor(double)" not in formal.types:
            raise Unsupported(f"{schema.name} of float64")


def _attribute(schema: Any, name: str, value: Any, *, double: bool) -> Any:
    """Return ``value`` as the type that the schema has for it. Floating-point attributes are float32 in every model."""
    if name not in schema.attributes:
        raise Unsupported(f"{schema.name}: {name}=")
    kind = schema.attributes[name].type
    if kind == _Kind.INT:
        return int(value)
    if kind != _Kind.FLOAT:
        return value
    if double and float(np.float32(value)) != float(value):
        raise Unsupported(f"{schema.name}: {name}={value:.6g} of float64 arrays, since attributes are float32")
    return float(value)


def _typed(name: str, dtype: Any, shape: Sequence[int] | None) -> Any:
    return helper.make_tensor_value_info(name, element_type(dtype), shape)


def element_type(dtype: Any) -> int:
    """Return the number that ONNX has for a dtype of NumPy's."""
    return int(helper.np_dtype_to_tensor_dtype(np.dtype(dtype)))
