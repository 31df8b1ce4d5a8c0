"""A visit over a real store: what is handed in, what is kept, for whom, and what happens on bad days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.flow.moves import Back, CallPerson, CardLaid, CardLifted, Choose, Draw, NotStored, Overlay, Quiet
from kiosk.flow.page import PageKind
from kiosk.security.keys import person_key
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from tests.conftest import StandingClock
from tests.flow.residents import ALLOWANCE, GUIFANG, LI_MEI, STROKES, WORLD
from tests.sitting.conftest import START, ZONE, Open, fill_in, made


@contextmanager
def read_only(store: Store) -> Iterator[None]:
    store._db.execute("PRAGMA query_only = ON")
    yield
    store._db.execute("PRAGMA query_only = OFF")


@pytest.fixture
def visit(open_visit: Open) -> Visit:
    return open_visit()


def with_card(visit: Visit, keep: str, card: dict[str, str] = GUIFANG) -> Visit:
    made(visit, CardLaid(card), Choose("do"), Choose("elderly-allowance"), Choose(keep))
    return visit


def test_one_submission_is_one_case(visit: Visit, store: Store, clock: StandingClock) -> None:
    made(visit, *START)
    fill_in(visit)
    page = made(visit, Choose("submit"))
    assert page.id == "receipt"
    (case,) = store.all_cases(clock.now())
    assert visit.sitting.receipt is not None
    assert case.number == visit.sitting.receipt.number
    assert case.number in " ".join(text.show("zh") for text in page.body)


def test_the_same_submission_twice_is_one_case(visit: Visit, store: Store, clock: StandingClock) -> None:
    """flows.md e 15: the id is made before the first send."""
    made(visit, *START)
    fill_in(visit)
    before = visit.sitting
    made(visit, Choose("submit"))
    first = visit.sitting.receipt
    visit.sitting = before
    made(visit, Choose("submit"))
    assert visit.sitting.receipt == first
    assert len(store.all_cases(clock.now())) == 1


def test_what_is_sent_is_what_the_check_page_showed(visit: Visit, store: Store) -> None:
    made(visit, *START)
    fill_in(visit, until="check")
    path = visit.sitting.path(visit._world)
    fill_in(visit)
    made(visit, Choose("submit"))
    assert visit.sitting.receipt is not None
    case = store.case(visit.sitting.receipt.case_id)
    assert {a.field: a.value for a in case.submission.answers} == {
        k: a.value for k, a in path.answers.items()
    }
    assert [a.field for a in case.submission.answers][:3] == ["name", "birth_date", "id_number"]


def test_when_the_store_takes_nothing_the_page_says_so_and_all_answers_stay(
    visit: Visit, store: Store, clock: StandingClock
) -> None:
    made(visit, *START)
    fill_in(visit)
    given = visit.sitting.given
    with read_only(store):
        page = made(visit, Choose("submit"))
        assert visit.sitting.overlay is Overlay.TROUBLE
        assert "还没有交上去" in page.body[0].show("zh")
        assert "Nothing was sent" in page.body[0].show("en")
        assert visit.sitting.given == given
        assert store.all_cases(clock.now()) == []
    assert made(visit, Choose("go")).id == "submit"
    assert made(visit, Choose("submit")).id == "receipt"
    assert len(store.all_cases(clock.now())) == 1


def test_an_answer_is_not_lost_because_the_draft_could_not_be_written(visit: Visit, store: Store) -> None:
    made(visit, *START, Choose("yes"), Choose("later"))
    with read_only(store):
        page = made(visit, Choose("self"))
        assert page.id.startswith("trouble@")
        assert visit.sitting.given.answers["who"].value == "self"
        assert made(visit, Back()).id == "question:birth_date"


@pytest.mark.proves("WCAG 2.2.5")
def test_a_draft_is_kept_for_the_card_of_who_agreed(open_visit: Open) -> None:
    """K32: and it goes on where it stopped."""
    first = with_card(open_visit(), "yes")
    made(first, Choose("yes"), Choose("self"), Choose("unsure"))
    where = first.sitting.place
    made(first, Quiet(over=True))
    second = open_visit()
    page = made(second, CardLaid(GUIFANG))
    assert page.id == "draft"
    page = made(second, Choose("resume"))
    assert page.id == where
    assert second.sitting.given.answers["hukou"].value == "unsure"
    assert second.sitting.path(second._world).answers["name"].value == GUIFANG["name"]


def test_a_resumed_draft_is_handed_in_once_and_not_offered_again(
    open_visit: Open, store: Store, clock: StandingClock
) -> None:
    made(with_card(open_visit(), "yes"), Choose("yes"), Choose("self"), Quiet(over=True))
    again = open_visit()
    made(again, CardLaid(GUIFANG), Choose("resume"))
    fill_in(again)
    made(again, Choose("submit"))
    assert len(store.all_cases(clock.now())) == 1
    page = made(open_visit(), CardLaid(GUIFANG))
    assert page.id == "home"


def test_nobody_elses_card_opens_it(open_visit: Open) -> None:
    made(with_card(open_visit(), "yes"), Choose("yes"), Choose("self"), Quiet(over=True))
    assert made(open_visit(), CardLaid(LI_MEI)).id == "home"


def test_without_consent_it_is_gone(open_visit: Open) -> None:
    made(with_card(open_visit(), "no"), Choose("yes"), Choose("self"), Quiet(over=True))
    assert made(open_visit(), CardLaid(GUIFANG)).id == "home"


def test_after_a_day_it_is_gone(open_visit: Open, clock: StandingClock) -> None:
    made(with_card(open_visit(), "yes"), Choose("yes"), Choose("self"), Quiet(over=True))
    clock.advance(days=1, seconds=1)
    assert made(open_visit(), CardLaid(GUIFANG)).id == "home"


def test_a_deleted_draft_stays_deleted(open_visit: Open) -> None:
    made(with_card(open_visit(), "yes"), Choose("yes"), Choose("self"), Quiet(over=True))
    assert made(open_visit(), CardLaid(GUIFANG), Choose("discard")).id == "home"
    assert made(open_visit(), CardLaid(GUIFANG)).id == "home"


def test_stopping_halfway_keeps_or_drops_as_was_agreed(open_visit: Open) -> None:
    for keep, place in (("yes", "draft"), ("no", "home")):
        visit = with_card(open_visit(), keep)
        made(visit, Back())
        assert made(visit, Choose("leave")).id == place
        if keep == "yes":
            made(visit, Choose("discard"))


def test_a_refused_consent_leaves_no_draft(open_visit: Open, store: Store) -> None:
    """K35: and a way to be served."""
    page = made(with_card(open_visit(), "yes"), Choose("no"))
    assert page.id == "refused:use"
    assert {choice.id for choice in page.choices} == {"again", "person", "leave"}


@pytest.mark.parametrize("changed", [{"version": "2026.99"}, {"question": ALLOWANCE.question[:-1]}])
def test_a_draft_of_a_service_that_has_changed_since_is_not_offered(
    changed: dict[str, object], open_visit: Open, store: Store, clock: StandingClock
) -> None:
    """Also where its version is the same: an answer may stand there for another question."""
    made(with_card(open_visit(), "yes"), Choose("yes"), Choose("self"), Quiet(over=True))
    services = {**WORLD.services, ALLOWANCE.id: ALLOWANCE.model_copy(update=changed)}
    visit = Visit(replace(WORLD, services=services), store, b"k" * 32, clock, zone=ZONE)
    assert made(visit, CardLaid(GUIFANG)).id == "home"
    assert made(open_visit(), CardLaid(GUIFANG)).id == "draft"


def test_a_word_mended_in_the_guide_takes_no_draft_away(
    open_visit: Open, store: Store, clock: StandingClock
) -> None:
    made(with_card(open_visit(), "yes"), Choose("yes"), Choose("self"), Quiet(over=True))
    mended = ALLOWANCE.model_copy(
        update={"guide": ALLOWANCE.guide.model_copy(update={"visits": 3}), "faq": ()}
    )
    services = {**WORLD.services, ALLOWANCE.id: mended}
    visit = Visit(replace(WORLD, services=services), store, b"k" * 32, clock, zone=ZONE)
    assert made(visit, CardLaid(GUIFANG)).id == "draft"


def test_her_case_is_found_by_her_card_only(open_visit: Open) -> None:
    visit = with_card(open_visit(), "no")
    fill_in(visit)
    made(visit, Choose("submit"))
    hers, other = open_visit(), open_visit()
    assert len(made(hers, CardLaid(GUIFANG), Choose("query"), Choose("mine")).choices) == 1
    assert hers.sitting.cases[0].stage == hers._world.texts["stage.queued"]
    made(other, CardLaid(LI_MEI), Choose("query"), Choose("mine"))
    assert other.sitting.cases == ()


def test_today_changes_at_midnight_of_the_site(visit: Visit, clock: StandingClock) -> None:
    """Sixteen hours UTC is midnight in Beijing."""
    clock.moment = datetime(2026, 11, 2, 15, 59, 59, tzinfo=UTC)
    assert visit._world.today.isoformat() == "2026-11-02"
    clock.advance(1)
    assert visit._world.today.isoformat() == "2026-11-03"


def test_who_turns_eighty_overnight_may_apply_in_the_morning(visit: Visit, clock: StandingClock) -> None:
    clock.moment = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)
    young = {"name": "赵明", "birth_date": "1946-11-03"}
    page = made(visit, CardLaid(young), Choose("do"), Choose("elderly-allowance"), Choose("yes"))
    assert made(visit, Choose("self")).id == "stop:too-young"
    clock.advance(3600)
    page = visit.page()
    assert page.id == "question:hukou"


def test_a_rating_is_counted_and_leads_to_nobody(visit: Visit, store: Store) -> None:
    """K43."""
    page = made(visit, *START[:3], Choose("rate"), Choose("very-good"))
    assert page.id == "rated"
    assert store.ratings() == {5: 1}


def test_a_rating_that_cannot_be_kept_is_told_and_can_be_given_again(visit: Visit, store: Store) -> None:
    made(visit, *START[:3], Choose("rate"))
    with read_only(store):
        assert made(visit, Choose("poor")).id == "trouble@rate"
    assert store.ratings() == {}
    assert made(visit, Choose("go")).id == "rate"
    assert made(visit, Choose("poor")).id == "why"
    assert store.ratings() == {2: 1}


def test_why_it_was_bad_is_not_thanked_for_before_it_is_kept(visit: Visit, store: Store) -> None:
    made(visit, *START[:3], Choose("rate"), Choose("very-poor"))
    with read_only(store):
        assert made(visit, Choose("manner")).id == "trouble@why"
    assert made(visit, Choose("go"), Choose("manner")).id == "rated"
    assert [task.reason for task in store.rating_tasks()] == ["manner"]


def test_a_call_reaches_the_desk_with_the_page_and_no_more(visit: Visit, store: Store) -> None:
    page = made(visit, *START, CallPerson())
    assert page.heading == visit._world.texts["called.heading"]
    assert [call.page_id for call in store.open_calls()] == ["consent:use"]
    assert made(visit, Choose("go")).id == "consent:use"


def test_the_visit_ends_when_the_card_is_taken(open_visit: Open) -> None:
    """K34."""
    visit = open_visit()
    made(visit, CardLaid(GUIFANG), Back(), Choose("leave"))
    assert not visit.ended
    made(visit, CardLifted())
    assert visit.ended


def test_a_trouble_is_shown_over_the_page_it_happened_on(visit: Visit) -> None:
    page = made(visit, *START, NotStored("trouble.not_stored"))
    assert page.id == "trouble@consent:use"
    assert made(visit, Choose("go")).id == "consent:use"


def test_the_log_of_a_bad_day_holds_nothing_of_the_person(
    open_visit: Open, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """K46."""
    visit = with_card(open_visit(), "no")
    fill_in(visit)
    with read_only(store):
        made(visit, Choose("submit"))
    assert caplog.records
    assert not [value for value in GUIFANG.values() if value in caplog.text]


def test_the_due_date_on_the_receipt_counts_working_days(visit: Visit, clock: StandingClock) -> None:
    clock.moment = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)
    made(visit, *START)
    fill_in(visit)
    made(visit, Choose("submit"))
    assert visit.sitting.receipt is not None
    assert visit.sitting.receipt.due - timedelta(days=14) == clock.moment.date()


def test_a_refused_draft_ends_with_its_visit_however_it_ends(open_visit: Open, store: Store) -> None:
    """K32: also when the kiosk is told to stop in the middle of an application."""
    visit = with_card(open_visit(), "no")
    made(visit, Choose("yes"), Choose("self"))
    draft_id = visit.sitting.draft_id
    assert store._db.execute("SELECT count(*) FROM draft WHERE id = ?", (draft_id,)).fetchone()[0] == 1
    with_nothing_to_close = _StaysOpen(store)
    visit._store = with_nothing_to_close  # type: ignore[assignment]
    visit.close()
    assert store._db.execute("SELECT count(*) FROM draft WHERE id = ?", (draft_id,)).fetchone()[0] == 0


def test_a_draft_that_is_not_kept_does_not_say_whose_it_is(open_visit: Open, store: Store) -> None:
    """K32; and a complaint without a name has the id of its draft."""
    for keep, known in (("no", 0), ("yes", 1)):
        made(with_card(open_visit(), keep), Choose("yes"), Choose("self"))
        named = "SELECT count(*) FROM draft WHERE person_key IS NOT NULL"
        assert store._db.execute(named).fetchone()[0] == known


def test_who_stays_unnamed_is_not_in_the_case_even_with_a_card(open_visit: Open, store: Store) -> None:
    """Neither as its owner nor as a name drawn by finger."""
    visit = open_visit()
    made(visit, CardLaid(GUIFANG), Choose("do"), Choose("@help"), Choose("complaint"), Choose("no"))
    fill_in(visit, until="question:named")
    made(visit, Choose("no"))
    fill_in(visit, until="sign")
    assert visit.page().kind is PageKind.CHOICE
    made(visit, Draw(STROKES))
    assert visit.sitting.place == "sign"
    made(visit, Choose("key"), Choose("submit"))
    assert visit.sitting.receipt is not None
    case = store.case(visit.sitting.receipt.case_id).submission
    assert case.person_key is None
    assert case.signature is not None and case.signature.strokes is None
    assert GUIFANG["name"] not in repr([answer.value for answer in case.answers])
    assert store.cases_of(person_key(GUIFANG["id_number"], b"k" * 32)) == []


class _StaysOpen:
    """The store, which the test goes on to look into after the visit has given it back."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def close(self) -> None:
        """Left to the fixture."""


def test_an_application_with_a_typed_number_is_found_by_that_persons_card(
    open_visit: Open, store: Store
) -> None:
    visit = open_visit()
    made(visit, *START)
    fill_in(visit)
    made(visit, Choose("submit"))
    assert visit.sitting.receipt is not None
    answers = store.case(visit.sitting.receipt.case_id).submission.answers
    number = next(answer.value for answer in answers if answer.field == "id_number")
    later = open_visit()
    made(later, CardLaid({**GUIFANG, "id_number": number}))
    assert len(later.sitting.cases) == 1
