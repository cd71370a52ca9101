"""Faults of the family optimizer, one card a file."""
