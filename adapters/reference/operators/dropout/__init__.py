"""Dropout: elements or whole channels left out at random, one operator a file."""
