"""What it means that a framework refuses something: it raises, on purpose, and does not merely lack a name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from adapters.contract import Unsupported

_ACCIDENTS = (AttributeError, NameError, ImportError, AssertionError, RecursionError, MemoryError)
"""What a framework raises when it stumbles rather than refuses; counted as a refusal only where documented."""


@contextmanager
def refused(what: str, *documented: type[Exception]) -> Iterator[None]:
    """Assert that the block is refused: that it raises.

    Args:
        what: What must be refused, to complete the sentence "expected ... to be refused".
        documented: The exception types that the documentation names. Without any, every deliberate exception will
            do, since most pages say only that an argument is invalid.

    Raises:
        AssertionError: The block did not raise, or raised something else than a refusal.
    """
    try:
        yield
    except Unsupported:
        raise
    except Exception as error:
        if documented and not isinstance(error, documented):
            names = " or ".join(kind.__name__ for kind in documented)
            raise AssertionError(f"expected {what} to be refused with {names}, but it raised {error!r}") from error
        if not documented and isinstance(error, _ACCIDENTS):
            raise AssertionError(
                f"expected {what} to be refused with an error that says so, but it stumbled: {error!r}"
            ) from error
    else:
        raise AssertionError(f"expected {what} to be refused, but it was accepted")
