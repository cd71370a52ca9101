"""The operators of the family loss, one a file."""
