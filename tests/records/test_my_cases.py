"""My cases over a real store: what is told by card and by receipt, and taking back what was given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from kiosk.cases.moves import IllegalMove
from kiosk.cases.states import Actor, Role, State
from kiosk.flow.moves import Back, CardLaid, Choose, Enter, Move
from kiosk.flow.page import Page
from kiosk.flow.sitting import World
from kiosk.security.keys import person_key
from kiosk.services.model import Lookup
from kiosk.sitting.visit import Visit
from kiosk.store import Store
from tests.conftest import StandingClock
from tests.flow.residents import AT_EIGHTY, GUIFANG, LI_MEI, WORLD, ways_on

KEY = b"k" * 32
HERS = person_key(GUIFANG["id_number"], KEY)
WANG = Actor("王丽", Role.STAFF)
Come = Callable[..., Visit]


@pytest.fixture
def come(store: Store, clock: StandingClock) -> Come:
    """Somebody comes to the kiosk, with or without a card."""

    def visit(card: dict[str, str] | None = GUIFANG, world: World = WORLD) -> Visit:
        at_the_kiosk = Visit(world, store, KEY, clock, zone=ZoneInfo("Asia/Shanghai"))
        for move in (CardLaid(card),) if card else (Choose("zh"), Choose("go"), Choose("without")):
            at_the_kiosk.do(move)
        return at_the_kiosk

    return visit


@pytest.fixture
def case_id(come: Come, store: Store) -> str:
    """Her elderly allowance, handed in."""
    visit = come()
    for move in (Choose("do"), Choose("elderly-allowance")):
        visit.do(move)
    for _ in range(60):
        if visit.sitting.place == "submit":
            break
        visit.do(AT_EIGHTY.get(visit.sitting.place) or next(ways_on(visit.sitting)))
    visit.do(Choose("submit"))
    assert visit.sitting.receipt is not None
    return visit.sitting.receipt.case_id


def made(visit: Visit, *moves: Move) -> Page:
    for move in moves:
        page = visit.do(move)
    return page


def to_the_case(visit: Visit) -> Page:
    return made(visit, Choose("query"), Choose("mine"), Choose("0"))


def words(page: Page) -> str:
    return " ".join(text.show("zh") for text in (page.heading, *page.body))


def kinds(store: Store, case_id: str) -> list[str]:
    return [event.kind for event in store.case(case_id).events]


def test_a_withdrawn_case_is_off_the_desk(
    case_id: str, come: Come, store: Store, clock: StandingClock
) -> None:
    visit = come()
    to_the_case(visit)
    page = made(visit, Choose("withdraw"), Choose("yes"))
    assert "已经撤回了" in words(page)
    assert store.case(case_id).summary.state is State.WITHDRAWN
    assert store.open_cases(clock.now()) == []
    page = made(visit, Choose("go"), Choose("0"))
    assert "您已经撤回" in words(page)
    assert "withdraw" not in {choice.id for choice in page.choices}


def test_a_case_that_was_decided_meanwhile_is_told_so(case_id: str, come: Come, store: Store) -> None:
    visit = come()
    to_the_case(visit)
    made(visit, Choose("withdraw"))
    claim = store.claim(case_id, WANG)
    store.complete(case_id, WANG, claim.epoch, "已批准。")
    page = made(visit, Choose("yes"))
    assert "已经办完了" in words(page)
    assert store.case(case_id).summary.state is State.TOLD
    assert "已批准" in words(made(visit, Choose("go"), Choose("0")))


def test_what_staff_did_since_the_card_was_laid_stands_in_her_list(
    case_id: str, come: Come, store: Store
) -> None:
    """A colleague went on with it while she stands at the kiosk: also among what is kept of her."""
    visit = come()
    assert "等工作人员办" in words(to_the_case(visit))
    claim = store.claim(case_id, WANG)
    store.ask_info(case_id, WANG, claim.epoch, "户口本")
    made(visit, Choose("go"), Back(), Back())
    assert "户口本" in words(to_the_case(visit))
    store.withdraw(case_id, HERS)
    made(visit, Choose("go"), Back(), Back())
    assert "您已经撤回" in words(made(visit, Choose("query"), Choose("held"), Choose("cases"), Choose("0")))


def test_a_consent_taken_back_is_on_the_case_and_no_longer_offered(
    case_id: str, come: Come, store: Store
) -> None:
    """K35."""
    visit = come()
    to_the_case(visit)
    listed = made(visit, Choose("consents"))
    before = len(listed.choices)
    given = visit.sitting.cases[0].consents[0]
    assert words(made(visit, Choose("0"))).count(given.words.show("zh")) == 1
    page = made(visit, Choose("yes"))
    assert "同意已经撤回了" in words(page)
    assert kinds(store, case_id) == ["submitted", "consent_withdrawn"]
    assert list(store.case(case_id).withdrawn_consents) == [given.id]
    assert store.case(case_id).summary.state is State.QUEUED, "the case itself goes on"
    listed = made(visit, Choose("go"), Choose("0"), Choose("consents"))
    assert len(listed.choices) == before - 1


def test_what_follows_is_said_in_the_services_own_words(case_id: str, come: Come) -> None:
    visit = come()
    to_the_case(visit)
    worded = {c.id: c.withdraw.zh for c in WORLD.services["elderly-allowance"].consent if c.withdraw}
    told = {one.id: one.follows.show("zh") for one in visit.sitting.cases[0].consents}
    assert worded.keys() & told.keys()
    assert all(told[consent] == worded.get(consent, told[consent]) for consent in told)
    assert all(told.values())


def test_after_a_consent_was_taken_back_no_day_is_promised(case_id: str, come: Come, store: Store) -> None:
    """It may have to stop: the person is told that staff will look, not that all goes its way."""
    store.withdraw_consent(case_id, HERS, store.standing_consents(case_id)[0].id)
    visit = come()
    told = words(to_the_case(visit))
    assert "您撤回了一项同意" in told and "最晚" not in told


def test_a_consent_is_taken_back_once(case_id: str, store: Store) -> None:
    consent = store.standing_consents(case_id)[0].id
    for _ in range(2):
        store.withdraw_consent(case_id, HERS, consent)
    assert kinds(store, case_id) == ["submitted", "consent_withdrawn"]


@pytest.mark.parametrize(
    ("person", "consent"), [(person_key(LI_MEI["id_number"], KEY), "purpose"), (HERS, "never-asked")]
)
def test_nobody_takes_back_what_is_not_theirs_or_was_never_given(
    person: str, consent: str, case_id: str, store: Store
) -> None:
    given = store.standing_consents(case_id)[0].id
    with pytest.raises(IllegalMove):
        store.withdraw_consent(case_id, person, given if consent == "purpose" else consent)
    assert kinds(store, case_id) == ["submitted"]


def test_by_receipt_anybody_sees_how_far_it_is_and_nothing_else(
    case_id: str, come: Come, store: Store
) -> None:
    number = store.case(case_id).summary.number
    claim = store.claim(case_id, WANG)
    store.ask_info(case_id, WANG, claim.epoch, "张桂芳的户口簿")
    visit = come(card=None)
    page = made(visit, Choose("query"), Choose("number"), Enter(number.replace("-", " ")))
    assert page.id == "query-found"
    told = words(page)
    assert "要您补一点东西" in told
    assert "张桂芳" not in told + repr(visit.sitting)
    assert "高龄" not in told
    assert visit.sitting.cases == ()


def test_a_number_without_a_case_leads_nowhere(case_id: str, come: Come) -> None:
    page = made(come(card=None), Choose("query"), Choose("number"), Enter("2026-0310-00000000"))
    assert page.id == "query-number"
    assert page.error is not None


def with_lookup(**lookup: object) -> World:
    service = WORLD.services["elderly-allowance"].model_copy(update={"lookup": Lookup.model_validate(lookup)})
    return replace(WORLD, services={**WORLD.services, "elderly-allowance": service})


def test_a_service_may_keep_its_cases_from_receipts_or_from_cards(
    case_id: str, come: Come, store: Store
) -> None:
    number = store.case(case_id).summary.number
    by_card = come(card=None, world=with_lookup(by=["card"]))
    assert made(by_card, Choose("query"), Choose("number"), Enter(number)).id == "query-number"
    by_receipt = come(world=with_lookup(by=["receipt"]))
    assert "没有找到" in words(made(by_receipt, Choose("query"), Choose("mine")))


def test_a_service_tells_only_what_it_wants_told(case_id: str, come: Come, store: Store) -> None:
    claim = store.claim(case_id, WANG)
    store.complete(case_id, WANG, claim.epoch, "已批准。")
    told = words(to_the_case(come(world=with_lookup(show=["stage", "due"]))))
    assert "办好了" in told
    assert "已批准" not in told


def test_a_case_of_a_service_that_is_offered_no_more_is_still_told(case_id: str, come: Come) -> None:
    visit = come(world=replace(WORLD, services={}))
    assert "等工作人员办" in words(to_the_case(visit))
    assert visit.sitting.cases[0].consents
