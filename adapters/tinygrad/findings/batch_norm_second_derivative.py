"""The second derivative of BatchNorm takes the mean within the variance for a constant; the first one is right."""

from tinygrad import Context, Tensor, nn

norm = nn.BatchNorm(1, eps=1.0, affine=False, track_running_stats=False)
WEIGHTS = Tensor([[1.0], [-2.0], [0.5]], dtype="float64")


def slope(points: list[float]) -> tuple[Tensor, Tensor]:
    """Return the points, and the first gradient of a weighted sum of what the layer makes of them, weighted again."""
    inputs = Tensor([[point] for point in points], dtype="float64")
    gradient = norm(inputs).gradient(inputs, gradient=WEIGHTS)[0]
    return inputs, (gradient * WEIGHTS).sum()


with Context(TRAINING=1):
    inputs, first = slope([0.5, 1.5, 4.0])
    second = first.gradient(inputs)[0].tolist()[0][0]
    step = 1e-4
    ahead, behind = (slope([0.5 + change, 1.5, 4.0])[1].item() for change in (step, -step))
print(f"expected {(ahead - behind) / (2 * step):.6f}")
print(f"actual   {second:.6f}")
