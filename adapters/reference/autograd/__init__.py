"""The tape: modes, functions with their backward beside them, and the engine that walks the graph."""
