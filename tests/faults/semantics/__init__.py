"""Faults of modules, the tape, the graph and optimizer objects, one theme a file."""
