"""Faults: realistic slips of an implementer, planted in the reference backend, one module for each card or theme."""
