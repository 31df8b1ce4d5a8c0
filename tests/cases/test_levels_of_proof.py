"""Who of a case still has to be seen: pure, from what was handed in and what staff have noted since."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from kiosk.cases.identity import Shown, Sighting, level_now, unproven
from kiosk.cases.moves import MOVES, IllegalMove, Need, move
from kiosk.cases.moves import Act as Doing
from kiosk.cases.states import Why
from kiosk.cases.submission import IdentityRecord, Submission
from kiosk.flow.proof import Basis, Proof
from kiosk.services.proof import CardRole

AT = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
SUBJECT, ACTOR = CardRole.SUBJECT, CardRole.ACTOR


def person(role: CardRole, level: Proof) -> IdentityRecord:
    return IdentityRecord(role, level, Basis.TYPED, AT)


def seen(role: CardRole) -> Sighting:
    return Sighting(role, AT, "王丽", Shown.ID_CARD)


def case_of(needed: Proof, *people: IdentityRecord) -> Submission:
    bare = Submission(
        id="1", service_id="s", service_version="1", title={}, language="zh", desk="民政", person_key=None,
        answers=(), consents=(), signature=None, materials=(), staff_notes=(), legal_workdays=1,
        promised_workdays=1, begun_at=AT,
    )  # fmt: skip
    return replace(bare, identity=people, proof_needed=needed)


@pytest.mark.parametrize(("level", "needed"), product(Proof, Proof))
def test_somebody_has_to_be_seen_exactly_where_the_level_is_not_reached(level: Proof, needed: Proof) -> None:
    sent = case_of(needed, person(SUBJECT, level))
    assert unproven(sent, ()) == (() if level.reaches(needed) else (SUBJECT,))
    assert unproven(sent, (seen(SUBJECT),)) == ()


def test_each_of_two_people_has_to_be_seen() -> None:
    sent = case_of(Proof.PRESENTED, person(SUBJECT, Proof.CLAIMED), person(ACTOR, Proof.KNOWN))
    assert unproven(sent, ()) == (SUBJECT, ACTOR)
    assert unproven(sent, (seen(ACTOR),)) == (SUBJECT,)
    assert unproven(sent, (seen(ACTOR), seen(SUBJECT))) == ()


def test_being_seen_is_the_highest_level_and_is_only_ones_own() -> None:
    assert level_now(person(SUBJECT, Proof.CLAIMED), (seen(SUBJECT),)) is Proof.SEEN
    assert level_now(person(SUBJECT, Proof.CLAIMED), (seen(ACTOR),)) is Proof.CLAIMED


def test_a_case_from_before_levels_were_kept_waits_for_nobody() -> None:
    assert unproven(case_of(Proof.CLAIMED), ()) == ()


@pytest.mark.parametrize("act", list(Doing))
def test_only_completing_waits_for_the_proof(act: Doing) -> None:
    """Refusing, asking for more and giving back work whatever is known of a person."""
    state = next(iter(MOVES[act].ways))
    role = next(iter(MOVES[act].who))
    present = frozenset(Need) - {Need.PROOF}
    if act is not Doing.COMPLETE:
        move(act, state, role, present)
        return
    with pytest.raises(IllegalMove) as refused:
        move(act, state, role, present)
    assert refused.value.why is Why.PROOF
