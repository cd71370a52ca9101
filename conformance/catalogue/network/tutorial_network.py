"""tutorial_network: the convolutional network of torch's neural-networks tutorial, composed of operators."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

from conformance.card import NetworkCard, Statement
from conformance.case import Case
from conformance.data import Draw

_TUTORIAL = "https://docs.pytorch.org/tutorials/beginner/blitz/neural_networks_tutorial.html"

PARAMETERS: Mapping[str, tuple[int, ...]] = {
    "convolution_1.weight": (6, 1, 3, 3),
    "convolution_1.bias": (6,),
    "convolution_2.weight": (16, 6, 3, 3),
    "convolution_2.bias": (16,),
    "dense_1.weight": (120, 576),
    "dense_1.bias": (120,),
    "dense_2.weight": (84, 120),
    "dense_2.bias": (84,),
    "classifier.weight": (10, 84),
    "classifier.bias": (10,),
}


def forward(operators: Any, input: Any, parameters: Mapping[str, Any]) -> Any:
    """Return the ten outputs of each image.

    Shapes: input (N, 1, 32, 32), output (N, 10).
    """

    def layer(name: str) -> tuple[Any, Any]:
        return parameters[f"{name}.weight"], parameters[f"{name}.bias"]

    x = operators.relu(operators.conv2d(input, *layer("convolution_1")))
    x = operators.max_pool2d(x, kernel_size=(2, 2))
    x = operators.relu(operators.conv2d(x, *layer("convolution_2")))
    x = operators.max_pool2d(x, kernel_size=2)
    x = operators.flatten(x, start_dim=1)
    x = operators.relu(operators.linear(x, *layer("dense_1")))
    x = operators.relu(operators.linear(x, *layer("dense_2")))
    return operators.linear(x, *layer("classifier"))


def loss(operators: Any, output: Any, target: Any) -> Any:
    """Return the mean squared error of the outputs."""
    return operators.mse_loss(output, target)


def _case(name: str, batch: int, side: int = 32) -> Case:
    inputs = {"input": Draw((batch, 1, side, side)), "target": Draw((batch, 10))}
    return Case(name, inputs)


_BATCHES = (_case("one-image", 1), _case("three-images", 3))

CARD = NetworkCard(
    "tutorial_network",
    _TUTORIAL,
    (
        Statement("output", "The network gives ten outputs for each image of a batch.", "network_output", _BATCHES),
        Statement(
            "loss", "The loss is the mean squared error between the outputs and the target.", "network_loss", _BATCHES
        ),
        Statement(
            "gradient",
            "The loss's gradients of every parameter and of the input are those of the composed formulas.",
            "network_gradient",
            _BATCHES,
        ),
        Statement(
            "one-step",
            "One step of gradient descent takes every parameter by the learning rate against its gradient.",
            "network_training",
            (
                Case("one-image", _BATCHES[0].inputs, {"steps": 1}),
                Case("three-images", _BATCHES[1].inputs, {"steps": 1}),
            ),
        ),
        Statement(
            "five-steps",
            "Five steps on the same batch follow the composed formulas and update rule.",
            "network_training",
            (
                Case("one-image", _BATCHES[0].inputs, {"steps": 5}),
                Case("three-images", _BATCHES[1].inputs, {"steps": 5}),
            ),
        ),
        Statement(
            "feature-sizes",
            "A 1x32x32 image becomes 6x30x30, 6x15x15, 16x13x13 and 16x6x6, which flattens to 576 features.",
            "network_shapes",
            (_case("one-image", 1), _case("two-images", 2)),
        ),
        Statement(
            "wrong-image-size",
            "An image of another size does not flatten to 576 features and is refused by the first dense layer.",
            "network_refusal",
            (_case("too-small", 1, 28), _case("too-large", 2, 36)),
        ),
    ),
    composed_of=("conv2d", "relu", "max_pool2d", "flatten", "linear", "mse_loss", "sgd"),
    forward=forward,
    loss=loss,
    parameters=PARAMETERS,
    stages=(
        ("conv2d", (6, 30, 30)),
        ("relu", (6, 30, 30)),
        ("max_pool2d", (6, 15, 15)),
        ("conv2d", (16, 13, 13)),
        ("relu", (16, 13, 13)),
        ("max_pool2d", (16, 6, 6)),
        ("flatten", (prod((16, 6, 6)),)),
        ("linear", (120,)),
        ("relu", (120,)),
        ("linear", (84,)),
        ("relu", (84,)),
        ("linear", (10,)),
    ),
    optimizer="sgd",
    optimizer_options={"lr": 0.01},
)
