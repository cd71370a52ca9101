"""With ignore_index=-1 sparse_categorical_crossentropy ignores nothing: such a target counts in the mean."""

from tinygrad import Tensor

scores = Tensor([[0.0, 0.0], [0.0, 0.0]])
print(f"expected {scores.sparse_categorical_crossentropy(Tensor([1, -2]), ignore_index=-2).item():.4f}")
print(f"actual   {scores.sparse_categorical_crossentropy(Tensor([1, -1]), ignore_index=-1).item():.4f}")
