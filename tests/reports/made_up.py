"""The vocabulary of made-up result files: what a catalogue looks like, without being one."""

from __future__ import annotations

LINK = "https://docs.pytorch.org/docs/stable/generated/torch.nn."

FAMILIES = {
    "convolution": ("conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "unfold"),
    "pooling": (
        "max_pool1d",
        "max_pool2d",
        "max_pool3d",
        "avg_pool1d",
        "avg_pool2d",
        "lp_pool2d",
        "adaptive_avg_pool2d",
    ),
    "activation": (
        "relu",
        "gelu",
        "elu",
        "selu",
        "silu",
        "mish",
        "softplus",
        "sigmoid",
        "tanh",
        "hardtanh",
        "leaky_relu",
    ),
    "normalization": ("batch_norm", "layer_norm", "group_norm", "instance_norm", "rms_norm", "local_response_norm"),
    "loss": ("mse_loss", "l1_loss", "huber_loss", "cross_entropy", "nll_loss", "kl_div", "bce_loss", "ctc_loss"),
    "linear": ("linear", "bilinear", "embedding", "embedding_bag"),
    "attention": ("softmax", "log_softmax", "scaled_dot_product_attention"),
    "shape": ("flatten", "view", "pad", "pixel_shuffle", "interpolate", "grid_sample"),
}

BEHAVIOURS = {
    "functional": {
        "definition": "The output is the documented formula, in every floating-point type.",
        "output-size": "The output's shape follows from the shapes of the inputs and the options, rounded down.",
        "dtype": "The output has the dtype of the input.",
        "empty-batch": "A batch of no examples gives an output of no examples.",
        "special-values": "NaN and infinities in the input go where the formula sends them.",
        "options": "Options are told apart: one number stands for every dimension, a tuple for each of its own.",
    },
    "gradient": {
        "gradient": "The gradient with respect to every input is that of the documented formula.",
        "gradient-shape": "A gradient has the shape of what it is the gradient of.",
    },
    "layer": {
        "layer": "The layer gives what its function gives with the layer's parameters.",
        "parameters": "The layer's parameters have the documented names and shapes.",
    },
}

OBJECTS = {
    "module": (
        "module",
        {
            "registration": "A module assigned to an attribute becomes a child under the attribute's name.",
            "print": "Printing a model shows one indented line for each child, with the child's options.",
            "parameters-order": "parameters() gives each parameter once, in the order of assignment.",
            "missing-init": "Assigning a module before super().__init__() is refused.",
            "state-dict": "load_state_dict restores what state_dict gave, and names missing and unexpected entries.",
        },
    ),
    "tape": (
        "tape",
        {
            "accumulation": "Gradients accumulate in .grad over several calls of backward.",
            "scalar-only": "backward without a given gradient is refused for an output of several elements.",
            "no-grad": "Results computed under no_grad do not require a gradient.",
            "second-backward": "A second backward through a graph that was not retained is refused.",
            "leaf": "Only leaves collect a gradient, unless retain_grad was called.",
        },
    ),
    "graph": (
        "graph",
        {
            "node-names": "A grad_fn is named after the operation that made the tensor.",
            "edges": "next_functions lists the nodes of the inputs in the order of the arguments.",
            "accumulate": "The chain ends in a node that accumulates into a leaf.",
        },
    ),
    "optimizer": (
        "sgd",
        {
            "momentum": "The buffer is momentum times itself plus the gradient, from the second step on.",
            "nesterov": "Nesterov momentum looks ahead along the buffer, and needs momentum without dampening.",
            "weight-decay": "Weight decay adds the parameter times the factor to its gradient.",
            "parameter-groups": "A group's own options come before the optimizer's defaults.",
            "maximize": "With maximize the step goes up the gradient.",
        },
    ),
    "training": (
        "lenet",
        {
            "output": "The network's output is the composition of its layers.",
            "five-steps": "Every parameter after five steps of descent is the documented one.",
            "wrong-size": "An input of another size is refused at the first dense layer.",
        },
    ),
}

CASES = (
    "default",
    "asymmetric",
    "strided",
    "padded",
    "dilated",
    "grouped",
    "no-bias",
    "unbatched",
    "odd-sizes",
    "one-channel",
    "large-kernel",
    "ties",
    "negative",
    "tiny",
    "huge-values",
    "mixed-signs",
    "zeros",
    "single-example",
)

BACKENDS = {
    "ref": ("NumPy reference", "0.1.0", "cpu", {"accumulation": "float64 for contractions"}),
    "torch": ("torch", "2.13.0", "cpu", {"TF32": "off", "threads": "1"}),
    "jax": ("jax", "0.7.2", "cpu", {"matmul precision": "highest", "float64": "enabled"}),
    "mlx": ("mlx", "0.29.1", "Apple M3", {"float64": "on the CPU stream only", "fast math": "on"}),
    "tinygrad": ("tinygrad", "0.11.0", "CLANG", {"accumulation": "float32"}),
}

HABITS = {
    # Shares of checks that fail, are known deviations, crash, are unsupported, or are imprecise.
    "ref": (0, 0, 0, 0, 0.001),
    "torch": (0, 0.002, 0, 0, 0.004),
    "jax": (0.003, 0.004, 0, 0.12, 0.006),
    "mlx": (0.012, 0.008, 0.002, 0.16, 0.03),
    "tinygrad": (0.02, 0.004, 0.004, 0.22, 0.01),
}
