"""Faults of recurrent layers, and of packed and padded sequences."""
