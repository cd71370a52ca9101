"""The operators of the family convolution, one a file."""
