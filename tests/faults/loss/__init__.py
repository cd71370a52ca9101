"""Faults of the family loss, one card a file."""
