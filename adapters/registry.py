"""Which backends there are, and the way from the text of ``--backend`` to one of them.

The project's own are found by a walk of this package: a folder's ``__init__.py`` says in ``BACKENDS`` what it offers,
without importing any framework. Installed packages offer theirs through entry points of the group
``nn_conformance.backends``. Anybody's is reached as ``package.module:attribute``.
"""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import operator
import pkgutil
import re
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import adapters
from adapters.contract import Backend, Unavailable

ENTRY_POINT_GROUP = "nn_conformance.backends"

_OURS = "nn-conformance"

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*(:[A-Za-z0-9_.+-]+)*")
"""What a backend may be called: it becomes a part of node ids, of command lines and of the report's addresses."""


class BackendError(Exception):
    """A backend cannot be had; the text says which, why, and what there is instead."""


@dataclass(frozen=True)
class Offer:
    """One backend that ``--backend`` knows by name.

    Args:
        name: The name.
        target: Where it is, as ``package.module:attribute``.
        origin: Who offers it.
    """

    name: str
    target: str
    origin: str


@lru_cache(maxsize=1)
def offers() -> Mapping[str, Offer]:
    """Return every backend known by name, sorted; the project's own names cannot be taken by an installed package."""
    found: dict[str, Offer] = {}
    for folder in sorted(module.name for module in pkgutil.iter_modules(adapters.__path__) if module.ispkg):
        package = f"{adapters.__name__}.{folder}"
        named: Mapping[str, str] = getattr(importlib.import_module(package), "BACKENDS", {})
        found |= {name: Offer(name, f"{package}.{target}", _OURS) for name, target in named.items()}
    for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: (point.name, point.value)):
        origin = "an installed package" if point.dist is None else point.dist.name
        found.setdefault(point.name, Offer(point.name, f"{point.module}:{point.attr}", origin))
    return dict(sorted(found.items()))


def target(text: str) -> str:
    """Return where ``--backend=text`` is, as ``package.module:attribute``: two names of one backend give the same.

    Raises:
        BackendError: There is no such backend.
    """
    offer = offers().get(text)
    if offer is not None:
        return offer.target
    module, colon, attribute = text.partition(":")
    if not colon:
        raise BackendError(f"there is no backend {text!r}.{_likely(text)}\n{_overview()}")
    if not module or not attribute or ":" in attribute:
        raise BackendError(f"--backend={text}: expected a name or package.module:attribute, not {text!r}.")
    return text


def load(text: str) -> Backend:
    """Return the backend that ``--backend=text`` means.

    Raises:
        BackendError: There is no such backend, or it cannot run here.
    """
    try:
        backend = _resolve(target(text))
    except Unavailable as reason:
        raise BackendError(f"backend {text!r} cannot run here: {reason}\n{_overview()}") from reason
    if not backend.name:
        backend.name = text
    if not isinstance(backend.name, str) or not _NAME.fullmatch(backend.name):
        raise BackendError(
            f"--backend={text}: expected the adapter's name to be made of ASCII letters, digits and _ . : + -, "
            f"not {shortened(backend.name)}"
        )
    return backend


def told(error: BaseException) -> str:
    """Return an exception of somebody's code in one line: its type, its text, and the line of code that raised it."""
    text = shortened(error, str)
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({frames[-1].filename}, line {frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}{': ' if text else ''}{text}{where}"


def shortened(value: object, written: Callable[[Any], str] = repr, limit: int = 300) -> str:
    """Return any object in one line of text that is not too long, whatever its own code does."""
    try:
        text = " ".join(written(value)[: 2 * limit].split())
    except Exception as unprintable:  # noqa: BLE001 - an adapter's objects are anybody's code
        return f"(its text cannot be had: {type(unprintable).__name__})"
    clean = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return clean if len(clean) <= limit else f"{clean[:limit]}..."


def _resolve(target: str) -> Backend:
    module_name, _, attribute = target.partition(":")
    if str(Path.cwd()) not in sys.path:  # an adapter beside the run needs no installation
        sys.path.append(str(Path.cwd()))
    try:
        module = importlib.import_module(module_name)
    except Unavailable:
        raise
    except ModuleNotFoundError as error:
        if error.name is not None and (module_name == error.name or module_name.startswith(f"{error.name}.")):
            raise BackendError(
                f"--backend={target}: there is no module {error.name!r} to import. Expected package.module:attribute, "
                "with the package installed, or in the folder that pytest is started in."
            ) from error
        raise Unavailable(f"the package {error.name!r} is not installed.") from error
    except (Exception, SystemExit) as error:
        raise BackendError(f"--backend={target}: importing {module_name} raised {told(error)}") from error
    try:
        found = operator.attrgetter(attribute)(module)
    except AttributeError as error:
        names = ", ".join(sorted(name for name in vars(module) if not name.startswith("_"))) or "nothing"
        raise BackendError(
            f"--backend={target}: expected {module_name} to have an attribute {attribute!r}; it has "
            f"{shortened(names, str)}"
        ) from error
    return _instance(target, found)


def _instance(target: str, found: object) -> Backend:
    try:
        backend = found if isinstance(found, Backend) or not callable(found) else found()
    except Unavailable:
        raise
    except (Exception, SystemExit) as error:
        raise BackendError(f"--backend={target}: calling it raised {told(error)}") from error
    if not isinstance(backend, Backend):
        raise BackendError(
            f"--backend={target}: expected an adapters.contract.Backend, a subclass of it or a function that returns "
            f"one, not an object of type {type(backend).__name__!r}"
        )
    return backend


def _likely(text: str) -> str:
    close = difflib.get_close_matches(text, offers(), n=1)
    return f" Did you mean {close[0]!r}?" if close else ""


def _installed(offer: Offer) -> str:
    """Say whether what a backend needs is installed: our own folders are named as their frameworks are."""
    folder = offer.target.removeprefix(f"{adapters.__name__}.").partition(".")[0]
    if offer.origin != _OURS or folder == "reference" or importlib.util.find_spec(folder) is not None:
        return "installed"
    return f"not installed; pip install 'nn-conformance[{folder}]' brings it"


def _overview() -> str:
    """Return the backends there are, one a line, each with whether its framework is installed.

    Nothing is imported for it: who mistypes a name shall not wait for every framework there is.
    """
    width = max(len(name) for name in offers())
    lines = ["The backends are:"]
    for offer in offers().values():
        origin = "" if offer.origin == _OURS else f" (offered by {offer.origin})"
        lines.append(f"  {offer.name:<{width}}  {_installed(offer)}{origin}")
    lines.append("Any other: --backend=package.module:attribute; adapters/README.md says how to write one.")
    return "\n".join(lines)
