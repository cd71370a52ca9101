"""Faults of float16 and bfloat16, which the usual types do not have."""
