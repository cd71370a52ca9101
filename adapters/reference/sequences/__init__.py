"""Sequences of unequal lengths as one tensor, padded or packed: ``nn.utils.rnn``."""
