"""Faults in the normalizations."""
