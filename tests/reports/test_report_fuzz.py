"""Spoilt files of every kind that is read, a few hundred, the same in every run; ``fuzz_loaders.py`` draws more."""

from __future__ import annotations

import fuzz_loaders
import pytest

EXAMPLES = {"result file": 150, "journal": 150, "deviations": 800}


@pytest.mark.parametrize("target", fuzz_loaders.TARGETS)
def test_a_loader_takes_a_file_whole_or_refuses_it_in_a_sentence(target, tmp_path):
    came = fuzz_loaders.fuzz(target, tmp_path, EXAMPLES[target])
    assert came["taken"] >= 5
    assert came["refused"] >= 20


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"is wrong in \\\\d+ of"', "9" * 5000),
        ("is wrong", "a{99999999999}"),
        ("is wrong", "(" * 5000 + ")" * 5000),
        (">=2.0,<3", ">=2.0,<" + "9" * 5000),
    ],
    ids=["digits", "repetition", "depth", "version"],
)
def test_what_fuzzing_found_is_refused(before, after, tmp_path):
    path = tmp_path / "known.toml"
    assert before in fuzz_loaders.TOML
    path.write_text(fuzz_loaders.TOML.replace(before, after), encoding="utf-8")
    assert fuzz_loaders.try_deviations(path) == "refused"
