"""Faults of the family linear, one card a file."""
