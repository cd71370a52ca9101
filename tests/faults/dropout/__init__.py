"""Faults of dropout."""
