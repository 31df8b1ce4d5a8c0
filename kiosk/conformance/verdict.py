"""Rows held against proofs: what is proved, what is open, and what the table claims without ground."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kiosk.conformance.proofs import Outcome, Proof
from kiosk.conformance.rows import Needs, Row, Standard, every_row


class Flaw(StrEnum):
    """Why a row may not stand as it does."""

    NO_TEST = "no-test"
    """It says that tests prove it, and none claims it."""
    NONE_RAN = "none-ran"
    """Tests claim it, and none of them ran."""
    FAILED = "failed"
    """A test that claims it failed."""
    OUTSIDE_BUT_CLAIMED = "outside-but-claimed"
    """It says that it does not apply, and a test claims it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with the tests that claim it or a row it rests on."""

    row: Row
    proofs: tuple[Proof, ...]
    flaw: Flaw | None

    @property
    def passed(self) -> tuple[Proof, ...]:
        """Those of its tests that passed."""
        return tuple(proof for proof in self.proofs if proof.outcome is Outcome.PASSED)


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table. `strays` are ids that stand nowhere in it, with who names them."""

    parts: tuple[tuple[Standard, tuple[Judged, ...]], ...]
    strays: tuple[tuple[str, str], ...]

    @property
    def judged(self) -> Iterator[Judged]:
        """Every row, in order."""
        for _, rows in self.parts:
            yield from rows

    @property
    def holds(self) -> bool:
        """Whether every claim of it has its ground."""
        return not self.strays and all(judged.flaw is None for judged in self.judged)


def judge(standards: tuple[Standard, ...], proofs: tuple[Proof, ...]) -> Table:
    """The table as the proofs leave it."""
    claimed: dict[str, list[Proof]] = {}
    for proof in proofs:
        for row in proof.rows:
            claimed.setdefault(row, []).append(proof)
    parts = tuple(
        (standard, tuple(_judge_row(row, claimed) for row in standard.rows)) for standard in standards
    )
    return Table(parts, tuple(_strays(standards, proofs)))


def _judge_row(row: Row, claimed: dict[str, list[Proof]]) -> Judged:
    found = {proof.test: proof for name in (row.id, *row.by) for proof in claimed.get(name, ())}
    proofs = tuple(found[test] for test in sorted(found))
    return Judged(row, proofs, _flaw(row.needs, {proof.outcome for proof in proofs}))


def _flaw(needs: Needs, outcomes: set[Outcome]) -> Flaw | None:
    if needs is Needs.OUTSIDE:
        return Flaw.OUTSIDE_BUT_CLAIMED if outcomes else None
    if Outcome.FAILED in outcomes:
        return Flaw.FAILED
    if needs is not Needs.TESTS or Outcome.PASSED in outcomes:
        return None
    return Flaw.NONE_RAN if outcomes else Flaw.NO_TEST


def _strays(standards: tuple[Standard, ...], proofs: Iterable[Proof]) -> Iterator[tuple[str, str]]:
    known = {row.id for row in every_row(standards)}
    named = [(name, proof.test) for proof in proofs for name in proof.rows]
    named += [(name, row.id) for row in every_row(standards) for name in row.by]
    yield from sorted({(name, who) for name, who in named if name not in known})
