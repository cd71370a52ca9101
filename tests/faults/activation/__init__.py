"""Faults of the family activation, one card a file."""
