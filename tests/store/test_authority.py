"""Who acts for another needs their will, and it can be taken back (K39, K41)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.cases.authority import Agreed, AuthorityRecord, Shows, Standing, digest_of
from kiosk.cases.concerns import MANY_OPERATED, Concern, concerns
from kiosk.cases.moves import IllegalMove
from kiosk.cases.states import State, Why
from kiosk.cases.submission import Submission
from kiosk.services.acting import Acting
from kiosk.store import Store
from tests.store.people import CHEN, GUIFANG, MONDAY, WANG, HandClock, application, new_id

ON_BOTH_ENGINES = True

LI_MEI = "b2" * 32
"""Her daughter's key."""
LETTER = ({"zh": "张桂芳请李梅帮忙办「高龄津贴申请」。", "en": "Zhang Guifang asks Li Mei."},)


def brought(
    agreed: Agreed = Agreed.SAID, acting: Acting = Acting.FAMILY, person: str = GUIFANG
) -> Submission:
    """The allowance of Zhang Guifang, brought by her daughter."""
    letter = AuthorityRecord(acting, date(2026, 12, 31), LETTER, digest_of(LETTER), agreed, MONDAY)
    return replace(application(new_id(), person), authority=letter, agent_key=LI_MEI)


def taken(store: Store, submission: Submission) -> tuple[str, int]:
    case = store.submit(submission).case_id
    return case, store.claim(case, WANG).epoch


def refused(store: Store, act: str, *args: object) -> Why:
    with pytest.raises(IllegalMove) as refusal:
        getattr(store, act)(*args)
    return refusal.value.why


def state(store: Store, case: str) -> State:
    return store.case(case).summary.state


def test_a_matter_of_ones_own_needs_no_letter(store: Store) -> None:
    case, epoch = taken(store, application())
    store.accept(case, WANG, epoch)
    assert store.authority(case) is None and state(store, case) is State.ACCEPTED


@pytest.mark.parametrize("agreed", [Agreed.SAID, Agreed.LATER])
def test_nothing_is_taken_on_for_another_before_their_will_is_shown(store: Store, agreed: Agreed) -> None:
    case, epoch = taken(store, brought(agreed))
    assert refused(store, "accept", case, WANG, epoch) is Why.AUTHORITY
    assert refused(store, "complete", case, WANG, epoch, "好了") is Why.AUTHORITY
    store.note_authority(case, WANG, epoch, Shows.LETTER)
    store.accept(case, WANG, epoch)
    assert state(store, case) is State.ACCEPTED
    assert [(e.kind, e.note) for e in store.case(case).events][-2] == ("authority_noted", "letter")


def test_what_the_person_agreed_to_with_their_own_card_counts_at_once(store: Store) -> None:
    case, epoch = taken(store, brought(Agreed.CARD))
    store.accept(case, WANG, epoch)
    assert state(store, case) is State.ACCEPTED


def test_a_letter_that_has_run_out_is_renewed(store: Store, clock: HandClock) -> None:
    submission = brought(Agreed.CARD)
    clock.forward(days=90)
    case, epoch = taken(store, submission)
    assert refused(store, "accept", case, WANG, epoch) is Why.AUTHORITY
    assert refused(store, "note_authority", case, WANG, epoch, Shows.LETTER, date(2027, 1, 1)) is Why.DAY
    store.note_authority(case, WANG, epoch, Shows.LETTER)
    store.accept(case, WANG, epoch)


def test_the_last_day_of_a_letter_still_counts(store: Store, clock: HandClock) -> None:
    clock.at = MONDAY + timedelta(days=59)
    case, epoch = taken(store, brought(Agreed.CARD))
    store.accept(case, WANG, epoch)


def test_the_person_takes_it_back_with_their_card_and_the_helper_loses_sight_of_it(store: Store) -> None:
    case, epoch = taken(store, brought(Agreed.CARD))
    assert [one.case_id for one in store.cases_of(LI_MEI)] == [case]
    assert refused(store, "withdraw_authority", case, LI_MEI) is Why.SUBJECT
    store.withdraw_authority(case, GUIFANG)
    store.withdraw_authority(case, GUIFANG)
    assert refused(store, "accept", case, WANG, epoch) is Why.AUTHORITY
    assert store.cases_of(LI_MEI) == []
    assert [one.case_id for one in store.cases_of(GUIFANG)] == [case]
    kinds = [(event.kind, event.note) for event in store.case(case).events]
    assert kinds.count(("authority_withdrawn", "card")) == 1


def test_at_the_desk_it_is_taken_back_with_a_reason_by_whoever_has_the_case(store: Store) -> None:
    case, epoch = taken(store, brought(Agreed.CARD))
    assert refused(store, "withdraw_authority_for", case, CHEN, epoch, "她打电话来") is Why.STALE
    assert refused(store, "withdraw_authority_for", case, WANG, epoch, " ") is Why.TEXT
    store.withdraw_authority_for(case, WANG, epoch, "她打电话来，说自己办")
    authority = store.authority(case)
    assert authority is not None and authority.standing is Standing.WITHDRAWN


def test_a_helper_may_not_take_the_whole_matter_back(store: Store) -> None:
    """Need.SUBJECT: it is hers, whoever brought it."""
    case, _ = taken(store, brought())
    assert refused(store, "withdraw", case, LI_MEI) is Why.SUBJECT
    store.withdraw(case, GUIFANG)
    assert refused(store, "withdraw_authority", case, GUIFANG) is Why.STATE


def test_a_guardian_is_shown_by_a_paper_and_by_no_letter(store: Store) -> None:
    case, epoch = taken(store, brought(acting=Acting.GUARDIAN))
    assert refused(store, "note_authority", case, WANG, epoch, Shows.LETTER) is Why.AUTHORITY
    store.note_authority(case, WANG, epoch, Shows.GUARDIAN)
    store.accept(case, WANG, epoch)


def test_nobody_notes_an_authority_where_nobody_acts(store: Store) -> None:
    case, epoch = taken(store, application())
    assert refused(store, "note_authority", case, WANG, epoch, Shows.LETTER) is Why.UNKNOWN


def test_whom_a_helper_helps_is_counted_by_person_and_not_by_case(store: Store, clock: HandClock) -> None:
    for person in (GUIFANG, GUIFANG, "c3" * 32, "d4" * 32):
        last = store.submit(brought(person=person)).case_id
    assert store.case(last).people_helped == 3
    clock.forward(days=91)
    later = store.submit(brought()).case_id
    assert store.case(later).people_helped == 1


def test_the_people_beside_whom_one_account_stood_are_counted(store: Store) -> None:
    """K42: many are its work; very many are shown to staff as a note, and nothing waits for it."""
    for number in range(MANY_OPERATED - 1):
        last = store.submit(replace(application(person_key=f"{number:064x}"), operator="小林")).case_id
    assert store.case(last).people_operated == MANY_OPERATED - 1
    assert Concern.MANY_OPERATED not in concerns(None, {}, 0, operated=MANY_OPERATED - 1)
    last = store.submit(replace(application(person_key="f" * 64), operator="小林")).case_id
    assert list(concerns(None, {}, 0, operated=store.case(last).people_operated)) == [Concern.MANY_OPERATED]
    alone = store.submit(application(person_key="e" * 64)).case_id
    assert store.case(alone).people_operated == 0
