"""SGD's parameters after every step, with every option, against torch."""

import copy
import itertools

import numpy as np
import pytest
from against_torch import NAMESPACES, seeded

OPTIONS = [
    {
        "lr": lr,
        "momentum": momentum,
        "dampening": dampening,
        "weight_decay": decay,
        "nesterov": nesterov,
        "maximize": maximize,
    }
    for lr, momentum, dampening, decay, nesterov, maximize in itertools.product(
        [0.1], [0, 0.9], [0, 0.3], [0, 0.01], [False, True], [False, True]
    )
    if not nesterov or (momentum > 0 and dampening == 0)
]


SHAPES = [(3, 2), (4,), ()]


def trajectory(space, groups, steps=5, dtype="float64", between=lambda _, optimizer, _step: optimizer, **options):
    """Return the parameters after each step; the gradients differ from step to step, and one is missing at times."""
    shapes = itertools.count()
    own = [
        {
            **group,
            "params": [
                space.nn.Parameter(space.from_numpy(seeded(shape, dtype, next(shapes)))) for shape in group["params"]
            ],
        }
        for group in groups
    ]
    parameters = [parameter for group in own for parameter in group["params"]]
    optimizer = space.optim.SGD(own, **options)
    seen = []
    for step in range(steps):
        for index, parameter in enumerate(parameters):
            missing = index == 1 and step == 2
            parameter.grad = (
                None if missing else space.from_numpy(seeded(tuple(parameter.shape), dtype, 100 * step + index))
            )
        optimizer.step()
        seen.append([parameter.detach().numpy().copy() for parameter in parameters])
        optimizer = between(space, optimizer, step)
    return seen


def same_trajectories(*arguments, tolerance=1e-14, **options):
    ours, theirs = (trajectory(space, *arguments, **options) for space in NAMESPACES)
    for step, (one, two) in enumerate(zip(ours, theirs, strict=True)):
        for first, second in zip(one, two, strict=True):
            assert first.dtype == second.dtype
            np.testing.assert_allclose(first, second, rtol=tolerance, atol=tolerance, err_msg=f"after step {step}")


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_trajectories(options):
    same_trajectories([{"params": SHAPES}], **options)


@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-6), ("float16", 2e-3)])
def test_trajectories_in_other_types(dtype, tolerance):
    same_trajectories(
        [{"params": SHAPES}], dtype=dtype, tolerance=tolerance, lr=0.1, momentum=0.9, weight_decay=0.1, nesterov=True
    )


def test_groups_with_options_of_their_own():
    groups = [
        {"params": [(2,), (3,)], "lr": 0.5, "momentum": 0.5},
        {"params": [(2, 2)], "maximize": True},
        {"params": [()]},
    ]
    same_trajectories(groups, lr=0.1, weight_decay=0.2)


def test_options_changed_between_steps():
    def between(_, optimizer, step):
        optimizer.param_groups[0]["lr"] *= 0.5
        optimizer.param_groups[0]["momentum"] = 0.9 if step else 0.0
        return optimizer

    same_trajectories([{"params": SHAPES}], between=between, lr=0.3)


def test_state_is_saved_and_loaded_in_mid_run():
    def between(space, optimizer, step):
        if step != 1:
            return optimizer
        state = copy.deepcopy(optimizer.state_dict())
        fresh = space.optim.SGD(optimizer.param_groups[0]["params"], lr=5.0)
        fresh.load_state_dict(state)
        return fresh

    same_trajectories([{"params": SHAPES}], between=between, lr=0.1, momentum=0.9, dampening=0.1)
