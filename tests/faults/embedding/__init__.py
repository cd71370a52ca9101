"""Faults of lookups."""
