"""The operators of the family vision, one a file."""
