"""The operators of the family activation, one a file."""
