"""The judgement of numbers, proved."""
