"""The operators of the family linear, one a file."""
