"""Faults of the family network, one card a file."""
