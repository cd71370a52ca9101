"""The floating-point types that checks are made in."""

USUAL = ("float32", "float64")
"""What a run checks where nothing else is asked for."""

HALVES = ("float16", "bfloat16")
"""What a run checks beside, or instead, where it is asked for."""

ALL = (*USUAL, *HALVES)
