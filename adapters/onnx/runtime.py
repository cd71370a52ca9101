"""The adapter of ONNX Runtime on the CPU."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from adapters.contract import Array, Description, Unavailable, Unsupported

try:
    import onnx
    import onnxruntime
except ModuleNotFoundError as error:
    raise Unavailable.not_installed(error.name, backend="onnxruntime", extra="onnx") from error

from onnxruntime.capi.onnxruntime_pybind11_state import Fail
from onnxruntime.capi.onnxruntime_pybind11_state import NotImplemented as Lacking

from adapters.onnx.model import single
from adapters.onnx.operators import Operators

_SILENT = 4


class RuntimeBackend(Operators):
    """``onnxruntime``, a session for each call, on one thread."""

    name = "onnxruntime"

    def describe(self) -> Description:
        """Say which ONNX Runtime, and which version of the operator set."""
        return Description(
            framework="onnxruntime",
            version=onnxruntime.__version__,
            declarations={
                "provider": "CPUExecutionProvider",
                "operator set": str(self.opset),
                "models made by": f"onnx {onnx.__version__}",
            },
        )

    @cached_property
    def opset(self) -> int:  # type: ignore[override]  # it takes a session to know
        """The newest version of the operator set that is released and that ONNX Runtime loads."""
        for version in range(onnx.defs.onnx_opset_version(), 0, -1):
            call = single("Relu", [np.zeros(1, np.float32)], {}, [np.float32], version)
            try:
                self._evaluate(call.model, call.feeds)
            except Fail:
                continue
            return version
        raise Unavailable("onnxruntime loads no model that onnx makes: install versions that are nearer to each other.")

    def _evaluate(self, model: Any, feeds: Mapping[str, Array]) -> Sequence[Any]:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _SILENT
        try:
            session = onnxruntime.InferenceSession(
                model.SerializeToString(), options, providers=["CPUExecutionProvider"]
            )
            return session.run(None, dict(feeds))
        except Lacking as error:
            raise Unsupported(f"{model.graph.name} of {_types(feeds)}: {_brief(error)}") from error


def _types(feeds: Mapping[str, Array]) -> str:
    return ", ".join(dict.fromkeys(str(array.dtype) for array in feeds.values()))


def _brief(error: Exception) -> str:
    return str(error).partition("NOT_IMPLEMENTED : ")[2].splitlines()[0][:120]


backend = RuntimeBackend
