"""The strength of the suite: faults planted in a backend, and the clauses that catch them.

A fault is a realistic slip. It must be caught by the clause that it breaks, and fail nothing that it has nothing to do
with. Checks are carried out here without pytest, so that hundreds of faulty backends take minutes.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from types import ModuleType
from typing import Any
from weakref import WeakKeyDictionary

from adapters.contract import Backend, Description, Unsupported
from conformance import plan
from conformance.catalogue import cards
from conformance.dtypes import USUAL
from conformance.generation import Effort
from conformance.plan import Entry, entry_of_check, entry_of_test
from conformance.plugin.namespace import Namespace
from conformance.reach import Code, code_of, code_run
from conformance.trial import Trial, quiet

_EFFORT = Effort(shrink=False)


@dataclass(frozen=True)
class Fault:
    """A realistic slip, planted in a backend.

    Args:
        name: What is wrong, in lower-case words joined by hyphens.
        breaks: The clause that must catch it; or a shell pattern, of which one clause must.
        plant: Returns a context in which the backend has the fault. It may give the functions that are replaced; then
            checks that do not run them are left out.
        also: Shell patterns over the other clauses that may fail with it, because they need what is broken.
        stumbles: The slip shows as an exception where there should be a result. Of any other fault an exception is
            no proof that it was caught: the fault itself may be planted wrongly.
        dtypes: The floating-point types of the checks that it is tried on.
        scope: A shell pattern over the clauses that it is tried on, where those are not all. No failure among them is
            a surprise: it is planted in a framework whose own ways are not known.
        borrowed: It is written for another framework than it is planted in: an exception says that it does not carry
            over.
    """

    name: str
    breaks: str
    plant: Callable[[], AbstractContextManager[Any]]
    also: tuple[str, ...] = ()
    stumbles: bool = False
    dtypes: tuple[str, ...] = USUAL
    scope: str = ""
    borrowed: bool = False

    @property
    def profile(self) -> str:
        """The profile of what it breaks; of several clauses, of the first."""
        return next(clause.profile.value for name, clause in plan.clauses().items() if self.may_break(name))

    def may_break(self, clause: str) -> bool:
        """Say whether ``clause`` is one that must catch it, or of which one must."""
        return fnmatchcase(clause, self.breaks)

    @property
    def id(self) -> str:
        """What the fault is called among all."""
        return f"{self.breaks}:{self.name}"

    def expects(self, clause: str) -> bool:
        """Say whether a failure of ``clause`` is no surprise."""
        if self.scope:
            return True
        named = any(fnmatchcase(clause, pattern) for pattern in (self.breaks, *self.also))
        known = plan.clauses().get(clause)
        follows = known is not None and any(fnmatchcase(self.breaks, pattern) for pattern in known.follows_from)
        return named or follows


@dataclass(frozen=True)
class Outcome:
    """What came of a fault.

    Args:
        fault: The fault.
        failed: The clauses that did not pass, each with its verdict: failed, or error if there were only exceptions.
        seconds: How long its checks took.
        checks: How many there were.
        first: How many checks, and how many seconds, it took until one did not pass; None where all passed.
    """

    fault: Fault
    failed: Mapping[str, str]
    seconds: float = 0.0
    checks: int = 0
    first: tuple[int, float] | None = None

    @property
    def caught(self) -> bool:
        """Whether a clause that the fault breaks failed, and in the way in which the fault shows."""
        return "failed" in self._verdicts or ("error" in self._verdicts and self.fault.stumbles)

    @property
    def carried(self) -> bool:
        """Whether it could be planted at all; not so if a borrowed fault only raised exceptions."""
        return self.caught or not (self.fault.borrowed and "error" in self.failed.values())

    @property
    def _verdicts(self) -> set[str]:
        return {verdict for clause, verdict in self.failed.items() if self.fault.may_break(clause)}

    @property
    def surprises(self) -> tuple[str, ...]:
        """The clauses that failed though they have nothing to do with the fault."""
        return tuple(clause for clause in self.failed if not self.fault.expects(clause))

    @property
    def unmet(self) -> tuple[str, ...]:
        """The patterns of the fault that no failed clause matches: they say more than is true."""
        if self.fault.scope:
            return ()
        others = [clause for clause in self.failed if clause != self.fault.breaks]
        return tuple(pattern for pattern in self.fault.also if not any(fnmatchcase(other, pattern) for other in others))


Run = Callable[[Backend], None]
Check = tuple[Entry, Run]
"""What the suite knows of a check, and what carries it out."""
Reach = dict[str, Code]
"""The code that each check runs, by the check's name."""


def runs(only: Callable[[Entry], bool] = lambda _: True, dtypes: tuple[str, ...] = USUAL) -> Iterator[Check]:
    """Return every check in ``dtypes`` that ``only`` lets through, with what carries it out on a backend."""
    for module in plan.test_modules(plan.LAWS):
        test = getattr(module, f"test_{module.LAW.name}")
        for check in module.LAW.checks(cards(), dtypes):
            entry = entry_of_check(check)
            if only(entry):
                yield entry, _law_run(test, check)
    for module in plan.test_modules(plan.SEMANTICS):
        for name, clause in plan.tests_of(module):
            entry = entry_of_test(clause, name, module.__name__)
            if entry.is_in(dtypes) and only(entry):
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


def unplanted(backend: Backend, checks: Sequence[Check]) -> tuple[dict[str, str], Reach]:
    """Carry out ``checks`` without any fault; return, by the check's name, what does not pass, and what code runs."""
    failed: dict[str, str] = {}
    reach: Reach = {}
    for entry, run in checks:
        found, reach[entry.name("")] = code_run(partial(verdict, run, backend))
        if found in {"failed", "error"}:
            failed[entry.name("")] = found
    return failed, reach


def try_fault(fault: Fault, backend: Backend, checks: Sequence[Check], reach: Reach | None = None) -> Outcome:
    """Plant ``fault``, carry out ``checks`` and return what failed.

    Args:
        fault: What to plant.
        backend: The backend that it is planted in.
        checks: What to carry out.
        reach: The code that each check runs, by the check's name. Checks that do not run what the fault replaces are
            left out; without it, none are.
    """
    started = time.monotonic()
    failed: dict[str, str] = {}
    count, first = 0, None
    with fault.plant() as replaced:
        touched = code_of(replaced)
        for entry, run in checks:
            if failed.get(entry.clause.id) == "failed" or not fnmatchcase(entry.clause.id, fault.scope or "*"):
                continue
            if reach is not None and touched is not None and touched.isdisjoint(reach[entry.name("")]):
                continue
            found = verdict(run, backend)
            count += 1
            if found in {"failed", "error"}:
                failed[entry.clause.id] = found
                first = (count, time.monotonic() - started) if first is None else first
    return Outcome(fault, dict(sorted(failed.items())), time.monotonic() - started, count, first)


def faults(package: str) -> tuple[Fault, ...]:
    """Return the faults in the modules of ``package``, each module's ``FAULTS``, by a sorted walk.

    Raises:
        LookupError: There is no such package, there are no faults in it, or two have one name.
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
    twice = [name for name, count in Counter(fault.id for fault in found).items() if count > 1]
    if twice:
        raise LookupError(f"{package!r}: two faults are called {', '.join(twice)}: give each a name of its own")
    return found


def _modules(root: ModuleType) -> Iterator[ModuleType]:
    for module in sorted(module.name for module in pkgutil.walk_packages(root.__path__, f"{root.__name__}.")):
        if not module.rpartition(".")[2].startswith("test_"):
            yield importlib.import_module(module)


_described: WeakKeyDictionary[Backend, Description] = WeakKeyDictionary()


def _description(backend: Backend) -> Description:
    """Return what the backend says of itself, asked once: of an installed package that takes a while."""
    if backend not in _described:
        _described[backend] = backend.describe()
    return _described[backend]


def _law_run(test: Callable[[Trial], None], check: Any) -> Run:
    def run(backend: Backend) -> None:
        trial = Trial(check, backend, _description(backend), _EFFORT)
        trial.require_dtype()
        test(trial)

    return run


def _unnoted(dialect: str) -> None:
    """Take no note of a dialect."""
    del dialect


def _semantic_run(test: Callable[..., None]) -> Run:
    wanted = tuple(inspect.signature(test).parameters)

    def run(backend: Backend) -> None:
        torch = Namespace(backend.namespace(), "torch")
        torch.manual_seed(0)
        given: dict[str, Callable[[], Any]] = {
            "torch": lambda: torch,
            "nn": lambda: torch.nn,
            "F": lambda: torch.nn.functional,
            "optim": lambda: torch.optim,
            "dialect": lambda: _unnoted,
        }
        test(**{name: given[name]() for name in wanted})

    return run
