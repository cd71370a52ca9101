"""Faults of attention and of what is built on it."""
