"""The result file, for whoever writes or reads one: the records, the document, the file on disk and the journal."""

from reports.document import FORMAT, VERSION, ResultFile
from reports.files import load, save
from reports.journal import Journal, read
from reports.records import (
    VERDICTS,
    BackendIdentity,
    ClauseEntry,
    Effort,
    Failure,
    Measurement,
    Result,
    ResultFileError,
    Run,
    Shard,
    Suite,
    Verdict,
)

__all__ = [
    "FORMAT",
    "VERDICTS",
    "VERSION",
    "BackendIdentity",
    "ClauseEntry",
    "Effort",
    "Failure",
    "Journal",
    "Measurement",
    "Result",
    "ResultFile",
    "ResultFileError",
    "Run",
    "Shard",
    "Suite",
    "Verdict",
    "load",
    "read",
    "save",
]
