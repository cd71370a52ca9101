"""Lookups: rows of a matrix picked by whole numbers, and whole numbers as unit vectors."""
