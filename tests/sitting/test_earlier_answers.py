"""What a person gave before is found with their card: theirs, for themselves, and not what was taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk.cases.submission import AnswerRecord, Submission
from kiosk.flow.moves import CardLaid, Choose
from kiosk.flow.source import Source
from kiosk.security.keys import person_key
from kiosk.services.question import FieldKind
from kiosk.sitting.earlier_answers import earlier_values
from kiosk.sitting.submission import build_submission
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from tests.conftest import StandingClock
from tests.flow.every_kind import SOUND, on
from tests.flow.residents import EVERY_KIND, GUIFANG, LI_MEI, TRIAL
from tests.sitting.conftest import ZONE, made

KEY = b"k" * 32
NOW = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)


def handed_in(number: int = 1, owner: dict[str, str] = GUIFANG, **other: str) -> Submission:
    """An application of that person, finished."""
    sitting = replace(on("submit", card=owner, **other), draft_id=f"case-{number}")
    return build_submission(sitting, TRIAL, person_key(owner["id_number"], KEY), NOW)


@pytest.fixture
def visit(store: Store, clock: StandingClock) -> Visit:
    return Visit(TRIAL, store, KEY, clock, zone=ZONE)


def test_phone_and_address_are_found_with_the_card(visit: Visit, store: Store) -> None:
    store.submit(handed_in())
    made(visit, CardLaid(GUIFANG))
    assert visit.sitting.earlier == {
        ("phone", FieldKind.PHONE): "13900000000",
        ("address", FieldKind.ADDRESS): SOUND["home"],
    }


def test_the_whole_way_with_answers_of_last_time(visit: Visit, store: Store) -> None:
    store.submit(handed_in())
    page = made(visit, CardLaid(GUIFANG), Choose("do"), Choose(EVERY_KIND), Choose("yes"))
    assert page.id == "earlier"
    made(visit, Choose("yes"), Choose("yes"), Choose("self"))
    again = visit.sitting.given.answers["phone"]
    assert (again.value, again.source) == ("13900000000", Source.EARLIER)


def test_nobody_elses_card_finds_them(visit: Visit, store: Store) -> None:
    store.submit(handed_in())
    made(visit, CardLaid(LI_MEI))
    assert visit.sitting.earlier == {}


def test_the_newest_answer_counts_and_an_older_one_where_that_was_not_asked(
    visit: Visit, store: Store, clock: StandingClock
) -> None:
    store.submit(handed_in(1, phone="13900000001"))
    clock.advance(60)
    store.submit(handed_in(2, phone="13900000002"))
    clock.advance(60)
    store.submit(handed_in(3, phone=""))
    made(visit, CardLaid(GUIFANG))
    assert visit.sitting.earlier[("phone", FieldKind.PHONE)] == "13900000002"


def test_what_was_given_for_somebody_else_is_not_theirs() -> None:
    family = replace(on("submit", card=None, who="family", agent_name="李梅"), draft_id="case-1")
    for_mother = build_submission(family, TRIAL, None, NOW)
    assert "phone" in {answer.field for answer in for_mother.answers}
    assert earlier_values([for_mother], TRIAL.services) == {}


def test_what_somebody_gave_under_a_typed_number_is_not_offered_to_its_owner(
    visit: Visit, store: Store
) -> None:
    """Anybody who knows the number could leave a phone of their own there."""
    typed = replace(on("submit", phone="13900000009"), draft_id="case-1")
    store.submit(build_submission(typed, TRIAL, person_key(GUIFANG["id_number"], KEY), NOW))
    made(visit, CardLaid(GUIFANG))
    assert len(visit.sitting.cases) == 1 and visit.sitting.earlier == {}


def test_an_application_that_was_taken_back_gives_nothing(visit: Visit, store: Store) -> None:
    store.submit(handed_in())
    store.withdraw("case-1", person_key(GUIFANG["id_number"], KEY))
    made(visit, CardLaid(GUIFANG))
    assert visit.sitting.earlier == {}


def test_a_consent_that_was_taken_back_takes_the_answers_with_it(visit: Visit, store: Store) -> None:
    """K35."""
    store.submit(handed_in())
    store.withdraw_consent("case-1", person_key(GUIFANG["id_number"], KEY), "use")
    made(visit, CardLaid(GUIFANG))
    assert visit.sitting.earlier == {}


def test_what_no_service_asks_any_more_is_not_offered() -> None:
    submission = handed_in()
    gone = AnswerRecord("fax", {"zh": "传真"}, "000", {"zh": "000"}, Source.RESIDENT)
    assert earlier_values([replace(submission, answers=(gone,))], TRIAL.services) == {}
    assert earlier_values([replace(submission, service_id="closed-down")], TRIAL.services) == {}


def test_nothing_of_it_is_in_a_repr(visit: Visit, store: Store) -> None:
    """K46."""
    store.submit(handed_in())
    made(visit, CardLaid(GUIFANG))
    assert visit.sitting.earlier
    assert "13900000000" not in repr(visit.sitting) and json.loads(SOUND["home"])[2] not in repr(
        visit.sitting
    )
