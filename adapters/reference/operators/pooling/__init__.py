"""The operators of the family pooling, one a file."""
