"""Faults of initializers."""
