"""jax.nn.dot_product_attention takes its softmax in float32, whatever the type of its inputs."""

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", val=True)

query = jnp.array([0.1, 0.7]).reshape(1, 1, 1, 2)
key = jnp.array([[0.3, -0.2], [0.9, 0.4]]).reshape(1, 2, 1, 2)
weights = jax.nn.softmax((key[0, :, 0] @ query[0, 0, 0]) / jnp.sqrt(2.0))
print(f"expected {jnp.ravel(weights @ key[0, :, 0]).tolist()}, from jax.nn.softmax of the same products")
print(f"actual   {jnp.ravel(jax.nn.dot_product_attention(query, key, key)).tolist()}")
