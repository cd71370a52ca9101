"""Result files: they come back as they were written, and whatever is wrong with one is told in one sentence."""

from __future__ import annotations

import copy
import json
import math
import random
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import report_hostile

import reports
from reports.model import Journal, Measurement, ResultFile, ResultFileError, Shard, load, save

SCHEMA = json.loads((Path(reports.__file__).parent / "schema" / "result-file-1.json").read_text())


def few(result_file):
    """Return the file with a few results of each verdict, and with what is optional."""
    kept = [
        r
        for verdict in ("failed", "deviation", "error", "unsupported", "passed")
        for r in by_verdict(result_file, verdict)[:2]
    ]
    infinite = replace(kept[-1], measurement=Measurement(math.inf, None, math.inf, 1, 1))
    results = (*kept[:-1], infinite)
    named = {result.clause for result in results}
    clauses = tuple(clause for clause in result_file.clauses if clause.id in named or clause.dialects)
    run = replace(result_file.run, shard=Shard(1, 2), seed=7)
    return replace(result_file, results=results, clauses=clauses, run=run).sorted()


def by_verdict(result_file, verdict):
    return [result for result in result_file.results if result.verdict == verdict]


@pytest.mark.parametrize(
    "make", [lambda small: small, few, lambda _: report_hostile.make()], ids=["small", "few", "hostile"]
)
def test_what_is_saved_is_loaded(make, small, tmp_path):
    result_file = make(small)
    save(result_file, tmp_path / "out.json")
    assert load(tmp_path / "out.json") == result_file.sorted()


def test_equal_runs_give_equal_bytes(small, tmp_path):
    shuffled = list(small.results)
    random.Random(0).shuffle(shuffled)
    save(small, tmp_path / "a.json")
    other = replace(
        small, results=tuple(shuffled), clauses=small.clauses[::-1], machine=dict(reversed(small.machine.items()))
    )
    save(other, tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert (tmp_path / "a.json").read_bytes().isascii()


def test_a_save_that_fails_leaves_the_old_file_and_nothing_else(small, tmp_path):
    save(small, tmp_path / "out.json")
    before = (tmp_path / "out.json").read_bytes()
    with pytest.raises(TypeError):
        save(replace(small, machine={"cores": object()}), tmp_path / "out.json")
    assert (tmp_path / "out.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_the_schema_accepts_what_is_saved(small):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.validate(few(small).to_json())
    validator.validate(report_hostile.make().to_json())


def places(value, path=()):
    """Give the path of every value in a JSON document."""
    yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield from places(member, (*path, name))


REMOVED = object()


def altered(value, path, other):
    """Return the document with the value at ``path`` replaced, or removed; what is beside the path is shared."""
    if not path:
        return other
    step, *rest = path
    copied = dict(value) if isinstance(value, dict) else list(value)
    copied[step] = altered(value[step], rest, other)
    if copied[step] is REMOVED:
        del copied[step]
    return copied


def mutants(document):
    """Give the document with each place in turn removed, or replaced by values of other types."""
    for path in places(document):
        for other in (REMOVED, None, True, -1, 1.5, "text", [], {}, [None], {"surprise": 1}, "inf"):
            if path:
                yield path, altered(document, path, other)


def fault_of(document):
    """Return what the reader says against a document; nothing where it takes it."""
    try:
        ResultFile.from_json(document)
    except ResultFileError as error:
        return str(error)
    return ""


def test_the_reader_and_the_schema_agree_on_every_mutant(small):
    validator = jsonschema.Draft202012Validator(SCHEMA)
    document = few(small).to_json()
    # One element of each array says as much as all of them; of the results, one with everything and one without.
    failed = next(result for result in document["results"] if result["failure"] is not None)
    measured = next(result for result in document["results"] if result["measurement"] is not None)
    whole = {**measured, "failure": failed["failure"], "follows_from": [measured["clause"]]}
    bare = next(result for result in document["results"] if result["failure"] is None and result != measured)
    document["results"] = [whole, bare]
    document["clauses"] = document["clauses"][:1]
    document["backends"] = document["backends"][:1]
    counts = {True: 0, False: 0}
    for path, mutant in mutants(document):
        is_valid = validator.is_valid(mutant)
        counts[is_valid] += 1
        fault = fault_of(mutant)
        # What the schema cannot say: names that must be unique, or known.
        is_reference = any(word in fault for word in ("once", "the id of a clause", ".backend: expected one of"))
        assert is_valid == (fault == "" or is_reference), (path, fault)
    assert min(counts.values()) > 100


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is empty"),
        ("[]", "expected a JSON object, not an array of 0 elements"),
        ("{}", "format: expected 'nn-conformance-result', not a document without it"),
        ('{"format": "other"}', "format: expected 'nn-conformance-result', not 'other'"),
        ('{"format": "nn-conformance-result", "version": 2}', "a newer release wrote this file"),
        ('{"format": "nn-conformance-result", "version": true}', "version: expected 1, not true"),
        ('{"format": "nn-conformance-result", "version": 1}', "suite: expected a value, but it is missing"),
        ('{"format": NaN}', "expected JSON, which has no NaN"),
        ("[" * 100_000, "nested too deep"),
        ("9" * 5000, "a number that is out of range"),
        ("html!", "line 1, column 1 is not"),
        ("<!doctype html>", "this is a page; its results lie beside it"),
        (" <html>", "this is a page"),
        ('{"format": "nn-conf', "truncated in line 1"),
        ('{"format":\n', "truncated in line 2"),
    ],
)
def test_what_is_no_result_file_is_named(text, said, tmp_path):
    (tmp_path / "bad.json").write_text(text)
    with pytest.raises(ResultFileError) as caught:
        load(tmp_path / "bad.json")
    assert str(caught.value).startswith(f"{tmp_path / 'bad.json'}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_not_text_and_files_that_are_not_there_are_named(tmp_path):
    (tmp_path / "bad.json").write_bytes(b'{"format": "\xff"}')
    with pytest.raises(ResultFileError, match="byte 12 is not UTF-8"):
        load(tmp_path / "bad.json")
    with pytest.raises(ResultFileError, match="it cannot be read: No such file"):
        load(tmp_path / "none.json")
    with pytest.raises(ResultFileError, match="it cannot be read: Is a directory"):
        load(tmp_path)


def test_every_truncation_is_refused(small, tmp_path):
    save(few(small), tmp_path / "whole.json")
    whole = (tmp_path / "whole.json").read_text().rstrip()
    for end in random.Random(0).sample(range(len(whole)), 150):
        (tmp_path / "part.json").write_text(whole[:end])
        with pytest.raises(ResultFileError):
            load(tmp_path / "part.json")


def test_names_that_are_not_there_or_there_twice_are_refused(small):
    document = few(small).to_json()
    for change, said in (
        (lambda d: d["results"][1].update(backend="other"), r"results\[1\].backend: expected one of"),
        (lambda d: d["results"][1].update(clause="other.one"), r"results\[1\].clause: expected the id of a clause"),
        (lambda d: d["results"].append(d["results"][0]), "expected each check once for each backend"),
        (lambda d: d["backends"].append(d["backends"][0]), "backends: expected each name once"),
        (lambda d: d["clauses"].append(d["clauses"][0]), "clauses: expected each id once"),
    ):
        changed = copy.deepcopy(document)
        change(changed)
        with pytest.raises(ResultFileError, match=said):
            ResultFile.from_json(changed)


def test_no_measurement_is_nan_or_negative():
    with pytest.raises(ValueError, match="from 0 up"):
        Measurement(math.nan, None, 1.0, 1, 1)
    with pytest.raises(ValueError, match="from 0 up"):
        Measurement(0.5, None, -1.0, 1, 1)


def test_a_journal_gives_what_was_written_before_the_end(small, tmp_path):
    path = tmp_path / "journal"
    with Journal(path) as journal:
        journal.begin(replace(small, clauses=()))
        journal.begin(small)
        for result in small.results[:50]:
            journal.append(result)
    whole = Journal.recover(path)
    assert not whole.run.complete
    assert whole.run.exit_status is None
    assert whole.sorted().results == replace(small, results=small.results[:50]).sorted().results
    text = path.read_text()
    for torn in range(1, 200, 7):
        path.write_text(text[:-torn])
        assert len(Journal.recover(path).results) == 49


def test_a_journal_that_says_too_little_is_refused(small, tmp_path):
    path = tmp_path / "journal"
    for text, said in (
        ("", "no whole line does"),
        ('{"header": 1}\n{}', "line 1: expected a JSON object"),
        ("x\n{}\n", "line 1"),
    ):
        path.write_text(text)
        with pytest.raises(ResultFileError, match=said):
            Journal.recover(path)
    with Journal(path) as journal:
        journal.append(small.results[0])
    with pytest.raises(ResultFileError, match="no whole line does"):
        Journal.recover(path)
