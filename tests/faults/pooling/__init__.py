"""Faults of the family pooling, one card a file."""
