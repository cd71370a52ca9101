"""The operators of the family padding, one a file."""
