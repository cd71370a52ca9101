"""Linear maps and changes of shape."""
