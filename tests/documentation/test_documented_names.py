"""The list of documented names is that of the installed torch, and is read from the documentation's indices."""

import importlib.metadata

import pytest
from make_documented_names import exists, exported, indexed, text_of

from conformance.coverage import PATH, documented, public

INDICES = """
```{eval-rst}
.. currentmodule:: torch.nn
```

Some prose about Conv9d.

```{eval-rst}
.. autosummary::
    :toctree: generated
    :nosignatures:
    :template: classtemplate.rst

    ~parameter.Parameter
    Conv2d
    modules.flatten.Flatten
```

    Conv8d

```{eval-rst}
.. currentmodule:: torch.nn.init
.. autofunction:: ones_
.. autofunction:: torch.optim.swa_utils.update_bn
```
"""

REMAKE = "python tests/documentation/make_documented_names.py <pytorch>/docs/source writes the list anew"


def test_names_are_read_from_indices_and_directives() -> None:
    assert list(indexed(INDICES)) == [
        "torch.nn.parameter.Parameter",
        "torch.nn.Conv2d",
        "torch.nn.modules.flatten.Flatten",
        "torch.nn.init.ones_",
        "torch.optim.swa_utils.update_bn",
    ]


def test_the_file_is_as_it_was_made() -> None:
    kept = documented()
    assert PATH.read_text(encoding="utf-8") == text_of(list(kept.names), list(kept.unlisted), kept.version)
    assert len(set(kept.names)) == len(kept.names)


class TestAgainstTorch:
    """What the installed torch has and exports."""

    @pytest.fixture(autouse=True)
    def _torch(self) -> None:
        pytest.importorskip("torch")

    def test_the_list_is_of_the_installed_version(self) -> None:
        installed = importlib.metadata.version("torch").partition("+")[0]
        assert documented().version == installed, REMAKE

    def test_torch_has_every_documented_name(self) -> None:
        assert [name for name in documented().names if not exists(name)] == [], REMAKE

    def test_every_name_that_torch_exports_is_listed_or_known_to_be_in_no_index(self) -> None:
        kept = documented()
        known = {public(name) for name in kept.names} | set(kept.unlisted)
        assert sorted(exported() - known) == [], REMAKE
        assert sorted(set(kept.unlisted) - exported()) == [], REMAKE
        assert sorted(set(kept.unlisted) & {public(name) for name in kept.names}) == []
