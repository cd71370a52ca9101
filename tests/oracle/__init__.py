"""The oracle, proved: against exact arithmetic, differences, and evaluations in real working precision."""
