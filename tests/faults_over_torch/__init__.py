"""Faults planted in torch itself: those of the reference that carry over, and others by rule, card by card."""
