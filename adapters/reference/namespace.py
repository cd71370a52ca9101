"""The torch-shaped namespace: ``tensor``, ``nn``, ``nn.functional``, ``optim``, ``autograd`` ... of this framework.

``nn``, ``nn.functional``, ``optim`` and what works on tensors are assembled by walking the folders in sorted order and
taking what each file lists in ``__all__``: a new operator or optimizer is one new file, and no list has to be edited.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from types import ModuleType, SimpleNamespace
from typing import Any

from adapters.reference import arithmetic, creation, generator, operators, optim, schedulers, sequences
from adapters.reference.autograd import custom, engine, mode
from adapters.reference.autograd.mode import enable_grad, no_grad, set_grad_enabled
from adapters.reference.device import Device
from adapters.reference.dtype import ALIASES, ALL, DType
from adapters.reference.nn import containers, init, parameter_containers, utils
from adapters.reference.nn.module import Module
from adapters.reference.nn.module_dict import ModuleDict
from adapters.reference.nn.parameter import Buffer, Parameter
from adapters.reference.optim.optimizer import Optimizer
from adapters.reference.size import Size
from adapters.reference.tensor import Tensor

VERSION = "0.1.0"


def collected(package: ModuleType) -> dict[str, Any]:
    """Return every name that the files below ``package`` list in ``__all__``.

    Raises:
        RuntimeError: Two files list the same name; the text names both.
    """
    found = pkgutil.walk_packages(package.__path__, package.__name__ + ".")
    return _listed([importlib.import_module(name) for name in sorted(info.name for info in found)])


def _listed(modules: list[ModuleType]) -> dict[str, Any]:
    names: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for module in modules:
        for name in getattr(module, "__all__", ()):
            if name in names:
                raise RuntimeError(f"{name!r} is defined twice: in {origins[name]} and in {module.__file__}")
            names[name] = getattr(module, name)
            origins[name] = str(module.__file__)
    return names


def build() -> SimpleNamespace:
    """Return a new namespace. Its classes and functions are shared with every other one."""
    listed = collected(operators)
    modules = {name: value for name, value in listed.items() if inspect.isclass(value)}
    functions = {name: value for name, value in listed.items() if not inspect.isclass(value)}
    functional = SimpleNamespace(**functions)
    nn = SimpleNamespace(
        Module=Module,
        Parameter=Parameter,
        Buffer=Buffer,
        Sequential=containers.Sequential,
        ModuleList=containers.ModuleList,
        ModuleDict=ModuleDict,
        ParameterList=parameter_containers.ParameterList,
        ParameterDict=parameter_containers.ParameterDict,
        functional=functional,
        init=init,
        parameter=SimpleNamespace(Parameter=Parameter, Buffer=Buffer),
        utils=SimpleNamespace(rnn=SimpleNamespace(**collected(sequences)), **_listed([utils])),
        **modules,
    )
    names: dict[str, Any] = {
        **collected(arithmetic),
        **_listed([creation, generator]),
        **{name: functions[name] for name in ("relu", "conv2d", "max_pool2d")},
        **ALIASES,
        **{dtype.name: dtype for dtype in ALL},
    }
    return SimpleNamespace(
        **names,
        __name__="reference",
        __version__=VERSION,
        Tensor=Tensor,
        Size=Size,
        dtype=DType,
        device=Device,
        no_grad=no_grad,
        enable_grad=enable_grad,
        set_grad_enabled=set_grad_enabled,
        is_grad_enabled=mode.is_grad_enabled,
        inference_mode=mode.inference_mode,
        is_inference_mode_enabled=mode.is_inference_mode_enabled,
        autograd=SimpleNamespace(
            grad=engine.grad,
            backward=engine.backward,
            no_grad=no_grad,
            enable_grad=enable_grad,
            set_grad_enabled=set_grad_enabled,
            inference_mode=mode.inference_mode,
            Function=custom.Function,
            function=SimpleNamespace(
                Function=custom.Function, FunctionCtx=custom.CustomNode, once_differentiable=custom.once_differentiable
            ),
        ),
        nn=nn,
        optim=SimpleNamespace(
            Optimizer=Optimizer, lr_scheduler=SimpleNamespace(**collected(schedulers)), **collected(optim)
        ),
    )


torch = build()
