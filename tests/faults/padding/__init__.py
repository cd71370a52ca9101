"""Faults of the family padding."""
