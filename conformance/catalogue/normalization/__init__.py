"""Normalization: over batches, layers, groups, instances and neighbours."""
