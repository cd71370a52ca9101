"""Addresses of the public pages that several files of this folder cite."""

from __future__ import annotations

from conformance.clause import documented


def tutorial(page: str) -> str:
    """Return the address of one of torch's tutorials, ``page`` being what follows ``tutorials/``."""
    return "https://docs.pytorch.org/tutorials/" + page


def module_method(name: str) -> str:
    """Return where the documentation of ``torch.nn.Module`` describes the method ``name``."""
    return documented(f"generated/torch.nn.Module.html#torch.nn.Module.{name}")


def published_source(path: str) -> str:
    """Return the address of a file of torch's source, for what its error messages document and no page does."""
    return "https://github.com/pytorch/pytorch/blob/v2.13.0/" + path


NEURAL_NETWORKS = tutorial("beginner/blitz/neural_networks_tutorial.html")
AUTOMATIC_DIFFERENTIATION = tutorial("beginner/basics/autogradqs_tutorial.html")
LEAVES_AND_RESULTS = tutorial("beginner/understanding_leaf_vs_nonleaf_tutorial.html")
MIGRATION = "https://pytorch.org/blog/pytorch-0_4_0-migration-guide/"

AUTOGRAD_NOTES = documented("notes/autograd.html")
MODULE_NOTES = documented("notes/modules.html")
MODULE = documented("generated/torch.nn.Module.html")
OPTIMIZERS = documented("optim.html")
SGD = documented("generated/torch.optim.SGD.html")
