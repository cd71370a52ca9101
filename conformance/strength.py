"""The strength of the suite: faults planted in a backend, and the clauses that catch them.

A fault is a realistic slip. It must be caught by the clause that it breaks, and fail nothing that it has nothing to do
with. Checks are carried out here without pytest, so that hundreds of faulty backends take minutes.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from types import ModuleType
from typing import Any

from adapters.contract import Backend, Unsupported
from conformance import plan
from conformance.catalogue import cards
from conformance.generation import Effort
from conformance.plan import Entry, entry_of_check, entry_of_test
from conformance.plugin.namespace import Namespace
from conformance.trial import Trial, quiet

_EFFORT = Effort(shrink=False)


@dataclass(frozen=True)
class Fault:
    """A realistic slip, planted in a backend.

    Args:
        name: What is wrong, in lower-case words joined by hyphens.
        breaks: The clause that must catch it.
        plant: Returns a context in which the backend has the fault.
        also: Shell patterns over the other clauses that may fail with it, because they need what is broken.
    """

    name: str
    breaks: str
    plant: Callable[[], AbstractContextManager[Any]]
    also: tuple[str, ...] = ()

    def expects(self, clause: str) -> bool:
        """Say whether a failure of ``clause`` is no surprise."""
        return any(fnmatchcase(clause, pattern) for pattern in (self.breaks, *self.also))


@dataclass(frozen=True)
class Outcome:
    """What came of a fault: the clauses that failed, and whether the one that it breaks was among them."""

    fault: Fault
    failed: tuple[str, ...]

    @property
    def caught(self) -> bool:
        """Whether the clause that the fault breaks failed."""
        return self.fault.breaks in self.failed

    @property
    def surprises(self) -> tuple[str, ...]:
        """The clauses that failed though they have nothing to do with the fault."""
        return tuple(clause for clause in self.failed if not self.fault.expects(clause))


Run = Callable[[Backend], None]


def runs(only: Callable[[Entry], bool] = lambda _: True) -> Iterator[tuple[Entry, Run]]:
    """Return every check that ``only`` lets through, with what carries it out on a backend."""
    for module in plan.test_modules(plan.LAWS):
        test = getattr(module, f"test_{module.LAW.name}")
        for check in module.LAW.checks(cards()):
            entry = entry_of_check(check)
            if only(entry):
                yield entry, _law_run(test, check)
    for module in plan.test_modules(plan.SEMANTICS):
        for name, clause in plan.tests_of(module):
            entry = entry_of_test(clause, name, module.__name__)
            if only(entry):
                yield entry, _semantic_run(getattr(module, name))


def verdict(run: Run, backend: Backend) -> str:
    """Return the verdict of one check: passed, failed, unsupported or error."""
    try:
        with backend.session(), quiet():
            run(backend)
    except Unsupported:
        return "unsupported"
    except AssertionError:
        return "failed"
    except Exception:  # noqa: BLE001 - a faulty backend raises anything
        return "error"
    return "passed"


def try_fault(fault: Fault, backend: Backend, checks: Sequence[tuple[Entry, Run]]) -> Outcome:
    """Plant ``fault``, carry out ``checks`` and return what failed."""
    failed: set[str] = set()
    with fault.plant():
        for entry, run in checks:
            if entry.clause.id not in failed and verdict(run, backend) in {"failed", "error"}:
                failed.add(entry.clause.id)
    return Outcome(fault, tuple(sorted(failed)))


def faults(package: str) -> tuple[Fault, ...]:
    """Return the faults in the modules of ``package``, each module's ``FAULTS``, by a sorted walk.

    Raises:
        LookupError: There is no such package, or there are no faults in it.
    """
    try:
        root = importlib.import_module(package)
    except ModuleNotFoundError as error:
        raise LookupError(
            f"expected a package of faults, and {package!r} cannot be imported ({error}); run in the project's "
            "checkout, or name your own with --faults"
        ) from error
    found = tuple(fault for module in _modules(root) for fault in getattr(module, "FAULTS", ()))
    if not found:
        raise LookupError(f"the package {package!r} has no faults: no module of it has FAULTS")
    return found


def _modules(root: ModuleType) -> Iterator[ModuleType]:
    for module in sorted(module.name for module in pkgutil.walk_packages(root.__path__, f"{root.__name__}.")):
        if not module.rpartition(".")[2].startswith("test_"):
            yield importlib.import_module(module)


def _law_run(test: Callable[[Trial], None], check: Any) -> Run:
    def run(backend: Backend) -> None:
        trial = Trial(check, backend, backend.describe(), _EFFORT)
        trial.require_dtype()
        test(trial)

    return run


def _semantic_run(test: Callable[..., None]) -> Run:
    wanted = tuple(inspect.signature(test).parameters)

    def run(backend: Backend) -> None:
        torch = Namespace(backend.namespace(), "torch")
        torch.manual_seed(0)
        given = {
            "torch": lambda: torch,
            "nn": lambda: torch.nn,
            "F": lambda: torch.nn.functional,
            "optim": lambda: torch.optim,
            "dialect": lambda: lambda _: None,
        }
        test(**{name: given[name]() for name in wanted})

    return run
