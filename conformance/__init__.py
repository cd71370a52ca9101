"""The specification of neural-net frameworks, clause by clause, and the checks of it."""

SUITE = "nn-conformance"
"""The suite's name."""

VERSION = "0.1.0"
"""The suite's version; result files of different versions are not lightly compared."""
