"""Faults of layers that keep parameters which their arguments turn off."""
