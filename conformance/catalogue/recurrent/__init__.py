"""Recurrent layers, and packed and padded sequences."""
