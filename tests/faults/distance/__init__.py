"""Faults of the family distance, one card a file."""
