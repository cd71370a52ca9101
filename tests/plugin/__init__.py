"""The pytest plugin: options, verdicts, hostile backends, interruptions, result files."""
