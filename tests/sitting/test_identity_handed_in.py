"""What is handed in says of each person how sure it is who they are, and what that rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.cases.submission import IdentityRecord, Submission
from kiosk.flow.moves import CardLaid, Choose, Enter, Move
from kiosk.flow.proof import Basis, MemberCard, Proof
from kiosk.flow.sitting import Sitting
from kiosk.flow.source import Source
from kiosk.security.keys import member_key, person_key
from kiosk.services.proof import CardRole
from kiosk.sitting.submission import build_submission
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from tests.conftest import StandingClock
from tests.flow.residents import (
    AT_EIGHTY,
    DEHOU,
    GUIFANG,
    LI_MEI,
    SERVICES,
    WORLD,
    begun,
    every_journey,
    id_number,
    led,
    moved,
)
from tests.sitting.conftest import START, fill_in, made
from tests.store.raw import everything

NOW = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
KEY = b"k" * 32
MEMBER = "04A1B2C3D4E5F6"
NEIGHBOUR = id_number(date(1944, 3, 5), "006")
"""Of somebody born on the same day."""
FAMILY = {**AT_EIGHTY, "question:who": Choose("family")}


def handed_in(sitting: Sitting) -> Submission:
    key = member_key(sitting.member.number, KEY) if sitting.member else None
    return build_submission(sitting, WORLD, None, NOW, key)


def people(sitting: Sitting) -> list[tuple[CardRole, Proof, Basis]]:
    return [(person.role, person.level, person.by) for person in handed_in(sitting).identity]


def only(sitting: Sitting) -> IdentityRecord:
    (person,) = handed_in(sitting).identity
    return person


@pytest.mark.parametrize("service", list(SERVICES))
def test_every_application_says_who_its_people_are(service: str) -> None:
    """All of them, whichever way they came."""
    ended = [journey.end for journey in every_journey(service) if journey.end.place == "submit"]
    assert ended or not any(story.expect.end == "submit" for story in SERVICES[service].story)
    for end in ended:
        sent, path = handed_in(end), end.path(WORLD)
        roles = [person.role for person in sent.identity]
        expected = ["subject"] if path.for_self or path.unnamed else ["subject", "actor"]
        assert roles == expected
        assert all(person.at == NOW for person in sent.identity)
        assert sent.proof_needed is (Proof.CLAIMED if path.unnamed else SERVICES[service].proof)


def test_her_own_card_is_a_document_that_was_presented() -> None:
    assert people(led(begun(GUIFANG), {})) == [(CardRole.SUBJECT, Proof.PRESENTED, Basis.ID_CARD)]


def test_without_a_card_there_is_only_her_word() -> None:
    assert people(led(begun(None), AT_EIGHTY)) == [(CardRole.SUBJECT, Proof.CLAIMED, Basis.TYPED)]


def test_of_two_cards_each_person_has_their_own() -> None:
    both = led(moved(begun(LI_MEI), Choose("yes"), Choose("family"), Choose("actor"), CardLaid(DEHOU)), {})
    assert people(both) == [
        (CardRole.SUBJECT, Proof.PRESENTED, Basis.ID_CARD),
        (CardRole.ACTOR, Proof.PRESENTED, Basis.ID_CARD),
    ]


def test_a_daughter_with_her_card_says_nothing_sure_of_her_father() -> None:
    alone = led(
        begun(LI_MEI), {**FAMILY, "card-whose": Choose("actor"), "card-other:subject": Choose("without")}
    )
    assert people(alone) == [
        (CardRole.SUBJECT, Proof.CLAIMED, Basis.TYPED),
        (CardRole.ACTOR, Proof.PRESENTED, Basis.ID_CARD),
    ]


def test_a_card_says_nothing_of_a_number_that_was_put_in_by_hand_instead() -> None:
    """Whose matter it is, is then somebody else, and nobody has seen their document."""
    changed = moved(led(begun(GUIFANG), {}, until="check"), Choose("change:id_number"))
    other = moved(changed, Enter(NEIGHBOUR))
    other = moved(other, Choose("yes")) if other.offer else other
    done = led(other, {})
    assert done.place == "submit" and done.path(WORLD).answers["id_number"].value == NEIGHBOUR
    assert people(done) == [(CardRole.SUBJECT, Proof.CLAIMED, Basis.TYPED)]


def test_a_card_without_a_sound_number_says_nothing_of_another_name() -> None:
    """The number was typed; that the card lay there says something of the person only by their name."""
    unsound = {key: value for key, value in GUIFANG.items() if key != "id_number"}
    own = led(begun(unsound), AT_EIGHTY)
    assert people(own) == [(CardRole.SUBJECT, Proof.PRESENTED, Basis.ID_CARD)]
    changed = moved(led(begun(unsound), AT_EIGHTY, until="check"), Choose("change:name"))
    other = led(moved(changed, Enter("王建国")), AT_EIGHTY)
    assert other.place == "submit"
    assert people(other) == [(CardRole.SUBJECT, Proof.CLAIMED, Basis.TYPED)]


def test_a_number_from_a_code_is_a_claim_that_says_so() -> None:
    done = led(begun(None), AT_EIGHTY)
    answers = dict(done.given.answers)
    answers["id_number"] = replace(answers["id_number"], source=Source.SCAN)
    scanned = replace(done, given=replace(done.given, answers=answers))
    assert people(scanned) == [(CardRole.SUBJECT, Proof.CLAIMED, Basis.SCAN)]


def test_a_social_security_card_is_a_claim_that_says_so() -> None:
    social = {**GUIFANG, "by": "social_card"}
    done = led(replace(begun(None), card=social, given=replace(begun(None).given, first_card=social)), {})
    assert people(done) == [(CardRole.SUBJECT, Proof.CLAIMED, Basis.SOCIAL_CARD)]


def test_a_card_that_has_run_out_is_still_presented_and_staff_are_told() -> None:
    done = led(begun({**GUIFANG, "valid_to": "2026-10-31"}), {})
    person = only(done)
    assert (person.level, person.expired) == (Proof.PRESENTED, True)
    assert not only(led(begun({**GUIFANG, "valid_to": "2026-11-02"}), {})).expired


def test_a_member_card_is_known_and_its_number_is_kept_nowhere() -> None:
    done = replace(led(begun(None), AT_EIGHTY), member=MemberCard(MEMBER))
    person = only(done)
    assert (person.level, person.by, person.member_tail) == (Proof.KNOWN, Basis.MEMBER_CARD, "E5F6")
    assert person.member_key == member_key(MEMBER, KEY)
    sent = handed_in(done)
    assert MEMBER not in repr(sent) and person.member_key not in repr(sent)


def test_a_member_card_is_that_of_whoever_stands_there_and_no_one_elses() -> None:
    done = replace(led(begun(None), FAMILY), member=MemberCard(MEMBER))
    assert people(done) == [
        (CardRole.SUBJECT, Proof.CLAIMED, Basis.TYPED),
        (CardRole.ACTOR, Proof.KNOWN, Basis.MEMBER_CARD),
    ]


def test_beside_an_identity_card_nothing_of_the_member_card_is_kept() -> None:
    person = only(replace(led(begun(GUIFANG), {}), member=MemberCard(MEMBER)))
    assert (person.by, person.member_key, person.member_tail) == (Basis.ID_CARD, None, None)


def test_of_who_stays_unnamed_nothing_is_kept_of_any_card() -> None:
    """Not even that one was laid."""
    unnamed: dict[str, Move] = {"question:named": Choose("no")}
    laid = replace(led(begun(GUIFANG, "complaint"), unnamed), member=MemberCard(MEMBER))
    bare = led(begun(None, "complaint"), unnamed)
    assert laid.place == bare.place == "submit"
    assert handed_in(laid).identity == handed_in(bare).identity
    assert only(laid).by is Basis.UNNAMED


def test_a_member_cards_key_is_never_that_of_a_person() -> None:
    number = GUIFANG["id_number"]
    assert member_key(number, KEY) != person_key(number, KEY)
    assert member_key("04a1b2", KEY) == member_key("04A1B2", KEY) != member_key("04A1B2", b"x" * 32)


def test_a_draft_opened_again_by_the_card_is_presented(open_visit: Callable[[], Visit], store: Store) -> None:
    """What lay beside it when it was begun does not matter: the card opens it."""
    first = open_visit()
    made(first, Choose("zh"), CardLaid({**GUIFANG, "valid_to": "2030-01-01"}), Choose("do"))
    made(first, Choose("elderly-allowance"), Choose("yes"), Choose("yes"), Choose("self"))
    assert first.sitting.draft_id
    again = open_visit()
    page = made(again, Choose("zh"), CardLaid(GUIFANG))
    assert page.id == "draft"
    made(again, Choose("resume"))
    fill_in(again)
    made(again, Choose("submit"))
    assert again.sitting.receipt is not None
    case = store.case(again.sitting.receipt.case_id)
    assert [(one.role, one.level) for one in case.submission.identity] == [("subject", Proof.PRESENTED)]
    assert case.unproven == ()


def test_the_same_member_card_links_two_visits_and_nothing_is_opened_by_it(
    open_visit: Callable[[], Visit], store: Store, clock: StandingClock, tmp_path: Path
) -> None:
    """K46: of its number only the keyed hash and the last four characters are kept."""
    numbers = []
    for _ in range(2):
        visit = open_visit()
        visit.sitting = replace(visit.sitting, member=MemberCard(MEMBER))
        made(visit, *START)
        assert visit.sitting.cases == () and visit.sitting.draft is None
        fill_in(visit)
        made(visit, Choose("submit"))
        assert visit.sitting.receipt is not None
        numbers.append(visit.sitting.receipt)
        clock.advance(days=1)
    first, second = (store.case(receipt.case_id) for receipt in numbers)
    assert first.earlier_uses == ()
    assert [use.number for use in second.earlier_uses] == [numbers[0].number]
    assert second.earlier_uses[0].received_at == first.summary.received_at
    kept = everything(tmp_path / "state")
    assert member_key(MEMBER, KEY) in kept
    assert MEMBER not in kept
