"""Faults of the family vision, one card a file."""
