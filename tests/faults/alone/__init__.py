"""Faults of gradients that are asked for alone."""
