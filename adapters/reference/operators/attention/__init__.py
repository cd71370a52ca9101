"""Attention, and the layers of transformers that are built on it."""
