"""``python -m adapters``: the backends that there are, and a starting point for another one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from adapters.registry import offers

_FUNCTIONAL = '''\
"""Plugs {name} into nn-conformance: pytest --pyargs conformance --backend={name}_adapter:backend -k relu"""

from importlib.metadata import version

import numpy as np

import {name} as framework
from adapters.contract import Description
from adapters.functional import FunctionalBackend


class {title}Backend(FunctionalBackend):
    """Every operator that the framework offers is a method, with torch's name and the arguments that it offers."""

    name = "{name}"
    dtypes = ("float32", "float64")

    def describe(self):
        return Description(framework="{name}", version=version("{name}"))

    def from_numpy(self, array):
        return framework.array(array)

    def to_numpy(self, native):
        return np.asarray(native)

    def relu(self, input):
        return framework.maximum(input, 0)

    # Next: vjp(function, inputs, cotangent) for gradients, then more operators. What is missing is unsupported;
    # `python -m conformance clauses` lists what each is held to.


backend = {title}Backend
'''

_SHAPED = '''\
"""Plugs {name} into nn-conformance: pytest --pyargs conformance --backend={name}_adapter:backend -k relu"""

from importlib.metadata import version

import {name} as framework
from adapters.contract import Description
from adapters.torch_shaped import TorchShapedBackend


class {title}Backend(TorchShapedBackend):
    """The framework's own namespace; operators, gradients, layers and optimizers are derived from it."""

    name = "{name}"
    unsupported = {{}}  # clauses that it does not offer: {{"tape.retain-*": "there are no intermediate gradients"}}

    def describe(self):
        return Description(framework="{name}", version=version("{name}"))

    def namespace(self):
        return framework


backend = {title}Backend
'''

_TEMPLATES = {"functional": _FUNCTIONAL, "torch": _SHAPED}


def main(arguments: Sequence[str]) -> int:
    """Do what ``arguments`` ask for, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m adapters", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="list the backends that --backend knows by name")
    new = commands.add_parser("new", help="write NAME_adapter.py here, which a framework called NAME starts from")
    new.add_argument("name", metavar="NAME", help="the framework's name, as Python imports it")
    new.add_argument("--like", choices=sorted(_TEMPLATES), default="functional", help="how the framework is shaped")
    chosen = parser.parse_args(arguments)
    if chosen.command == "list":
        print("\n".join(f"{offer.name}  ({offer.origin})" for offer in offers().values()))  # noqa: T201
        return 0
    return _write(chosen.name, _TEMPLATES[chosen.like])


def _write(name: str, template: str) -> int:
    if not name.isidentifier():
        return _refuse(f"expected the name of a package, as Python imports it, not {name!r}")
    path = Path(f"{name}_adapter.py")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template.format(name=name, title=name.title().replace("_", "")))
    except FileExistsError:
        return _refuse(f"{path} is there already; move it away to have a new one")
    print(f"Wrote {path}. Try it: pytest --pyargs conformance --backend={name}_adapter:backend -k relu")  # noqa: T201
    return 0


def _refuse(text: str) -> int:
    print(f"python -m adapters: {text}", file=sys.stderr)  # noqa: T201
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
