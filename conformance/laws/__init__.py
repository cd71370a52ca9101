"""The laws: properties that every card of a kind must have, one a file."""
