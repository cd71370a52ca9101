"""The result file of a backend with ten planted faults, as a run of it would give."""

from __future__ import annotations

from dataclasses import replace

import make_results

from reports.model import Failure, Result, ResultFile

FAULTS = {
    "conv2d.definition": "the padding is applied on the left only",
    "max_pool2d.special-values": "NaN loses against any number",
    "relu.gradient": "the gradient at zero is one",
    "linear.output-size": "leading dimensions are flattened",
    "cross_entropy.options": "ignored targets count in the mean",
    "layer_norm.definition": "the variance is unbiased",
    "module.print": "children are listed without their names",
    "tape.accumulation": "the second backward replaces the gradient",
    "sgd.nesterov": "the look-ahead is missing",
    "lenet.wrong-size": "an input of another size is accepted",
}
FOLLOWING = {"lenet.output": ("conv2d.definition",), "lenet.five-steps": ("conv2d.definition", "sgd.nesterov")}


def make() -> ResultFile:
    """Return the run: everything else passes, but for two failures that follow from planted ones."""
    sound = make_results.make(1, backends=("ref",), seed=3)
    results = tuple(_planted(result) for result in sound.results)
    return replace(sound, results=results)


def _planted(result: Result) -> Result:
    if result.clause in FAULTS:
        call = f"{result.clause.partition('.')[0]}(float32[2, 3, 7, 9])"
        failure = Failure(FAULTS[result.clause], call, "0.25", "0.75", "0.5", "1.2e-07", (0, 1))
        return replace(result, verdict="failed", measurement=None, imprecise=False, failure=failure)
    if result.clause in FOLLOWING:
        failure = Failure("the numbers differ", "model(float32[1, 1, 32, 32])", "0.1", "0.2")
        follows = FOLLOWING[result.clause]
        return replace(
            result, verdict="failed", measurement=None, imprecise=False, failure=failure, follows_from=follows
        )
    return result
