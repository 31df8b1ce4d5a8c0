"""What a run of the tests proved, and the file it is kept in (`data/conformance/proofs.toml`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_TOLD = """\
# Which tests claim which rows, and whether they passed when they last ran.
# Written by script/conformance; whoever changes a test runs it again.
"""


class Outcome(StrEnum):
    """Of all the examples of one test."""

    PASSED = "passed"
    """Some ran, and none failed."""
    FAILED = "failed"
    SKIPPED = "skipped"
    """None ran: something was missing where the tests were run."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One test, by `file::function` without its parameters, and the ids of the rows it claims."""

    test: str
    outcome: Outcome
    rows: tuple[str, ...]


def read_proofs(document: Mapping[str, Any]) -> tuple[Proof, ...]:
    """The kept proofs, as TOML gives them. Raises ValueError where an outcome is none."""
    return tuple(
        Proof(test, Outcome(outcome), tuple(rows))
        for outcome, tests in document.items()
        for test, rows in tests.items()
    )


def written_proofs(proofs: Iterable[Proof]) -> str:
    """The file: a table an outcome, a line a test, in an order that does not change from run to run."""
    by_name = sorted(proofs, key=lambda proof: proof.test)
    lines = [_TOLD]
    for outcome in Outcome:
        tests = [proof for proof in by_name if proof.outcome is outcome]
        if tests:
            lines.append(f"[{outcome}]")
            lines += [f"{_quoted(proof.test)} = {_quoted(sorted(proof.rows))}" for proof in tests]
            lines.append("")
    return "\n".join(lines)


def _quoted(value: str | list[str]) -> str:
    """JSON's strings and lists of strings are TOML's, too."""
    return json.dumps(value, ensure_ascii=False)
