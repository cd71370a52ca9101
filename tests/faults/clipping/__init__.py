"""Faults of the clipping of gradients."""
