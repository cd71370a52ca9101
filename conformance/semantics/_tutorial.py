"""The network of the tutorial, as a subclass and as a Sequential, and whole numbers to fill it with.

With parameters and inputs that are small whole numbers, mostly zero, no sum in the network or in its gradients passes
2**22 even when all its terms are taken as positive, so that float32 holds it exactly in whichever order it is summed:
two ways to the same numbers must give *equal* numbers.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

LAYERS = ("convolution_1", "convolution_2", "dense_1", "dense_2", "classifier")
"""The layers' names, from input to output."""

PARAMETER_SIZES = [
    (6, 1, 3, 3),
    (6,),
    (16, 6, 3, 3),
    (16,),
    (120, 576),
    (120,),
    (84, 120),
    (84,),
    (10, 84),
    (10,),
]
"""What the tutorial prints: the sizes of ``parameters()``, in order."""


def convolutional_network(nn: Any) -> Any:
    """Return the tutorial's ``ConvolutionalNN``, made from the layers and functions of ``nn``."""
    functional = nn.functional

    class ConvolutionalNN(nn.Module):
        """Two convolutions and three linear layers: an image of 1 x 32 x 32 in, ten numbers out."""

        def __init__(self) -> None:
            super().__init__()
            self.convolution_1 = nn.Conv2d(1, 6, 3)
            self.convolution_2 = nn.Conv2d(6, 16, 3)
            self.dense_1 = nn.Linear(16 * 6 * 6, 120)
            self.dense_2 = nn.Linear(120, 84)
            self.classifier = nn.Linear(84, 10)

        def forward(self, x: Any) -> Any:
            """Return ten numbers for each image."""
            x = functional.max_pool2d(functional.relu(self.convolution_1(x)), (2, 2))
            x = functional.max_pool2d(functional.relu(self.convolution_2(x)), 2)
            x = x.view(-1, 16 * 6 * 6)
            x = functional.relu(self.dense_1(x))
            x = functional.relu(self.dense_2(x))
            return self.classifier(x)

    return ConvolutionalNN()


def sequential_network(nn: Any) -> Any:
    """Return the same network as a ``Sequential``, with the same names for the layers that have parameters."""
    return nn.Sequential(
        OrderedDict(
            [
                ("convolution_1", nn.Conv2d(1, 6, 3)),
                ("relu_1", nn.ReLU()),
                ("pool_1", nn.MaxPool2d((2, 2))),
                ("convolution_2", nn.Conv2d(6, 16, 3)),
                ("relu_2", nn.ReLU()),
                ("pool_2", nn.MaxPool2d(2)),
                ("flatten", nn.Flatten()),
                ("dense_1", nn.Linear(16 * 6 * 6, 120)),
                ("relu_3", nn.ReLU()),
                ("dense_2", nn.Linear(120, 84)),
                ("relu_4", nn.ReLU()),
                ("classifier", nn.Linear(84, 10)),
            ]
        )
    )


def with_whole_numbers(torch: Any, model: Any) -> Any:
    """Give every layer of the tutorial's network parameters that are -1, 0 or 1, and return the network."""
    for seed, name in enumerate(LAYERS, start=4):
        layer = getattr(model, name)
        sparsity = 5 if name.startswith("convolution") else 17
        layer.weight = torch.nn.Parameter(torch.tensor(pattern(tuple(layer.weight.size()), seed, sparsity)))
        layer.bias = torch.nn.Parameter(torch.tensor(pattern(tuple(layer.bias.size()), seed + 10, 2)))
    return model


def with_one_path(torch: Any, model: Any) -> Any:
    """Leave one path through the tutorial's network, which can be worked out by hand, and return the network.

    The first convolution passes on its biases alone: channel k is ``PATH_BIASES[k]`` everywhere. The second weighs
    these by ``PATH_WEIGHTS`` into its channel 0, at the middle of its window. From there on the first number of each
    layer is the first number of the next. So the first output is the sum of bias times weight, 9, and its gradient with
    respect to the biases is ``PATH_WEIGHTS``; every other output is 0.
    """
    for name, size in zip((name for name, _ in model.named_parameters()), PARAMETER_SIZES, strict=True):
        layer, _, kind = name.partition(".")
        values = zeros(size)
        if name == "convolution_1.bias":
            values = list(PATH_BIASES)
        elif name == "convolution_2.weight":
            for channel, weight in enumerate(PATH_WEIGHTS):
                values[0][channel][1][1] = weight
        elif kind == "weight" and not layer.startswith("convolution"):
            values[0][0] = 1.0
        setattr(getattr(model, layer), kind, torch.nn.Parameter(torch.tensor(values)))
    return model


PATH_BIASES = (1.0, 2.0, 3.0, 1.0, 2.0, 3.0)
PATH_WEIGHTS = (1.0, -1.0, 2.0, 1.0, 0.0, 1.0)  # 1 - 2 + 6 + 1 + 0 + 3 = 9


def image(torch: Any) -> Any:
    """Return a batch of one image of whole numbers, of the size that the network expects."""
    return torch.tensor(pattern((1, 1, 32, 32), 7, 2))


def target(torch: Any) -> Any:
    """Return ten whole numbers to aim at, of the shape of the network's output."""
    return torch.tensor([[3.0, -1.0, 4.0, 1.0, -5.0, 9.0, -2.0, 6.0, 5.0, -3.0]])


def one_path_loss(torch: Any, nn: Any) -> tuple[Any, Any]:
    """Return the tutorial's network with one path, which gives 9, and its loss: (9 - 4)^2 / 10 = 2.5."""
    model = with_one_path(torch, convolutional_network(nn))
    aim = torch.tensor([[4.0] + [0.0] * 9])
    return model, nn.MSELoss()(model(image(torch)), aim)


def zeros(size: tuple[int, ...]) -> list[Any]:
    """Return nested lists of zeros of the given size."""
    return [zeros(size[1:]) if len(size) > 1 else 0.0 for _ in range(size[0])]


def pattern(size: tuple[int, ...], seed: int, sparsity: int) -> list[Any]:
    """Return nested lists of the given size: about one number in ``sparsity`` is 1 or -1, the others are 0."""
    state = seed

    def draw() -> float:
        nonlocal state
        state = (state * 48271) % 2147483647  # Park and Miller's generator: the same numbers everywhere
        return float(1 - 2 * (state // sparsity % 2)) if state % sparsity == 0 else 0.0

    def nested(lengths: tuple[int, ...]) -> Any:
        return [nested(lengths[1:]) if len(lengths) > 1 else draw() for _ in range(lengths[0])]

    nested_list: list[Any] = nested(size)
    return nested_list
