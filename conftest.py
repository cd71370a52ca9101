"""Makes the suite's options known in a checkout that is not installed; an installed one has them by entry point."""

pytest_plugins = ["conformance.plugin"]
