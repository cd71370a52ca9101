"""The functions on tensors that no layer owns: arithmetic, shapes, indexing, reductions, comparisons."""
