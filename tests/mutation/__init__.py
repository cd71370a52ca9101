"""Mutation testing of the reference backend: small changes made everywhere, to see which of them the suite notices."""
