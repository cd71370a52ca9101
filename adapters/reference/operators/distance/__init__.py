"""The operators of the family distance, one a file."""
