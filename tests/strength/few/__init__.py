"""Two faults, for tests of the command."""
