"""Faults of gradients that are differentiated again."""
