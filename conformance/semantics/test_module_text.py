"""Modules: what print(model) shows, to the letter."""

from __future__ import annotations

from conformance.clause import clause, documented
from conformance.profile import Profile
from conformance.semantics._pages import MODULE_NOTES, NEURAL_NETWORKS, module_method, tutorial
from conformance.semantics._tutorial import convolutional_network


@clause(
    "module.text",
    "The text of a module is its class's name and, in parentheses, a line with name and text for each child.",
    NEURAL_NETWORKS,
    profile=Profile.MODULE,
)
def test_module_text(nn):
    assert str(convolutional_network(nn)) == "\n".join(
        [
            "ConvolutionalNN(",
            "  (convolution_1): Conv2d(1, 6, kernel_size=(3, 3), stride=(1, 1))",
            "  (convolution_2): Conv2d(6, 16, kernel_size=(3, 3), stride=(1, 1))",
            "  (dense_1): Linear(in_features=576, out_features=120, bias=True)",
            "  (dense_2): Linear(in_features=120, out_features=84, bias=True)",
            "  (classifier): Linear(in_features=84, out_features=10, bias=True)",
            ")",
        ]
    )


@clause(
    "module.text-of-nested-modules",
    "Each level of submodules is indented by two more blanks, and closed on a line of its own.",
    tutorial("beginner/basics/buildmodel_tutorial.html"),
    profile=Profile.MODULE,
    follows_from=("module.text",),
)
def test_module_text_of_nested_modules(nn):
    class NeuralNetwork(nn.Module):
        def __init__(self):
            super().__init__()
            self.flatten = nn.Flatten()
            self.linear_relu_stack = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 10))

    assert str(NeuralNetwork()) == "\n".join(
        [
            "NeuralNetwork(",
            "  (flatten): Flatten(start_dim=1, end_dim=-1)",
            "  (linear_relu_stack): Sequential(",
            "    (0): Linear(in_features=784, out_features=512, bias=True)",
            "    (1): ReLU()",
            "    (2): Linear(in_features=512, out_features=10, bias=True)",
            "  )",
            ")",
        ]
    )


@clause(
    "module.text-without-children",
    "A module without submodules and without a text of its own is its class's name with empty parentheses.",
    MODULE_NOTES,
    profile=Profile.MODULE,
    follows_from=("module.text",),
)
def test_module_text_without_children(torch, nn):
    class MyLinear(nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = nn.Parameter(torch.tensor([2.0]))

    assert str(MyLinear()) == "MyLinear()"


@clause(
    "module.text-extra-repr",
    "What extra_repr() returns stands between the parentheses of the module's text.",
    module_method("extra_repr"),
    profile=Profile.MODULE,
    follows_from=("module.text",),
)
def test_module_text_extra_repr(nn):
    class Scale(nn.Module):
        def extra_repr(self):
            return "factor=3, clipped"

    assert str(Scale()) == "Scale(factor=3, clipped)"
    assert str(nn.Sequential(Scale())) == "Sequential(\n  (0): Scale(factor=3, clipped)\n)"


@clause(
    "module.text-of-conv2d",
    "The text of a Conv2d gives kernel size and stride as pairs, whichever way they were given.",
    module_method("get_submodule"),
    profile=Profile.MODULE,
    follows_from=("module.text",),
)
def test_module_text_of_conv2d(nn):
    assert str(nn.Conv2d(16, 33, 3, stride=2)) == "Conv2d(16, 33, kernel_size=(3, 3), stride=(2, 2))"
    assert str(nn.Conv2d(16, 33, (3, 5), (2, 1))) == "Conv2d(16, 33, kernel_size=(3, 5), stride=(2, 1))"


@clause(
    "module.text-of-linear",
    "The text of a Linear gives the sizes of its input and output and whether it has a bias.",
    documented("generated/torch.nn.Sequential.html#torch.nn.Sequential.append"),
    profile=Profile.MODULE,
    follows_from=("module.text",),
)
def test_module_text_of_linear(nn):
    assert str(nn.Linear(2, 3)) == "Linear(in_features=2, out_features=3, bias=True)"
    assert str(nn.Linear(5, 4, bias=False)) == "Linear(in_features=5, out_features=4, bias=False)"
