"""Normalization, one operator a file."""
