"""Faults of the family convolution, one card a file."""
