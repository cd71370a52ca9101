"""Which backends there are, and the way from the text of ``--backend`` to one of them.

The project's own are found by a walk of this package: a folder's ``__init__.py`` says in ``BACKENDS`` what it offers,
without importing any framework. Installed packages offer theirs through entry points of the group
``nn_conformance.backends``. Anybody's is reached as ``package.module:attribute``.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path

import adapters
from adapters.contract import Backend, Unavailable

ENTRY_POINT_GROUP = "nn_conformance.backends"


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
    """Return every backend known by name, sorted."""
    found: dict[str, Offer] = {}
    for folder in sorted(module.name for module in pkgutil.iter_modules(adapters.__path__) if module.ispkg):
        package = f"{adapters.__name__}.{folder}"
        named: Mapping[str, str] = getattr(importlib.import_module(package), "BACKENDS", {})
        found |= {name: Offer(name, f"{package}.{target}", "nn-conformance") for name, target in named.items()}
    for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: point.name):
        origin = "an installed package" if point.dist is None else point.dist.name
        found.setdefault(point.name, Offer(point.name, point.value, origin))
    return dict(sorted(found.items()))


def load(text: str) -> Backend:
    """Return the backend that ``--backend=text`` means.

    Raises:
        BackendError: There is no such backend, or it cannot run here.
    """
    offer = offers().get(text)
    if offer is None and ":" not in text:
        raise BackendError(f"there is no backend {text!r}.\n{_overview()}")
    try:
        backend = _resolve(text if offer is None else offer.target)
    except Unavailable as reason:
        raise BackendError(f"backend {text!r} cannot run here: {reason}\n{_overview()}") from reason
    if not backend.name:
        backend.name = text
    return backend


def _resolve(target: str) -> Backend:
    module_name, _, attribute = target.partition(":")
    if str(Path.cwd()) not in sys.path:  # an adapter beside the run needs no installation
        sys.path.append(str(Path.cwd()))
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is not None and (module_name == error.name or module_name.startswith(f"{error.name}.")):
            raise BackendError(
                f"--backend={target}: there is no module {error.name!r} to import. Expected package.module:attribute, "
                "with the package installed or in the folder that pytest runs in."
            ) from error
        raise Unavailable(f"the package {error.name!r} is not installed.") from error
    except Unavailable:
        raise
    except Exception as error:
        raise BackendError(f"--backend={target}: importing {module_name} raised {error!r}") from error
    found = getattr(module, attribute, None)
    if found is None:
        names = ", ".join(sorted(name for name in vars(module) if not name.startswith("_"))) or "nothing"
        raise BackendError(f"--backend={target}: {module_name} has no attribute {attribute!r}; it has {names}")
    return _instance(target, found)


def _instance(target: str, found: object) -> Backend:
    backend = found if isinstance(found, Backend) or not callable(found) else found()
    if not isinstance(backend, Backend):
        raise BackendError(
            f"--backend={target}: expected an adapters.contract.Backend, a subclass of it or a function that returns "
            f"one, not {backend!r}"
        )
    return backend


def _overview() -> str:
    """Return the backends there are, one a line, each with whether it can run here."""
    lines = ["The backends are:"]
    for offer in offers().values():
        try:
            _resolve(offer.target)
        except (Unavailable, BackendError) as reason:
            lines.append(f"  {offer.name:<12} cannot run here: {reason}")
        else:
            lines.append(f"  {offer.name:<12} can run here ({offer.origin})")
    lines.append("Any other: --backend=package.module:attribute; adapters/README.md says how to write one.")
    return "\n".join(lines)
