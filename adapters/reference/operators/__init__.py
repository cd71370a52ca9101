"""One operator a file: forward, backward, its function and its module. ``namespace`` finds them by walking."""
