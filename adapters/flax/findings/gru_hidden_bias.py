"""nnx.GRUCell documents n = tanh(W_in x + b_in + r * (W_hn h + b_hn)), and has no b_hn."""

from flax import nnx

cell = nnx.GRUCell(3, 4, rngs=nnx.Rngs(0))
print("expected b_hn among the parameters of the hidden state, beside a kernel")
print(f"actual   {', '.join(sorted(nnx.to_pure_dict(nnx.state(cell))['dense_h']))}")
