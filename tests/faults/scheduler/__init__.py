"""Faults in the learning-rate schedules."""
