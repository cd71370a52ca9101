"""Recurrent cells of nnx have one bias where torch has one of the input and one of the hidden state."""

from flax import nnx

variables = nnx.to_flat_state(nnx.state(nnx.OptimizedLSTMCell(3, 4, rngs=nnx.Rngs(0))))
print("expected 2 biases")
print(f"actual   {sum(path[-1] == 'bias' for path, _ in variables)}")
