"""Who the people of a case are, as the store keeps it: sightings by name, and a case that waits for them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.cases.identity import SEEN, Shown
from kiosk.cases.moves import Act, IllegalMove
from kiosk.cases.states import State, Why
from kiosk.cases.submission import IdentityRecord, Submission
from kiosk.flow.proof import Basis, Proof
from kiosk.services.proof import CardRole
from kiosk.store import Store, open_store
from kiosk.store.body import from_json, to_json
from kiosk.store.migrations import MIGRATIONS
from kiosk.store.schema import migrate
from kiosk.store.sqlite import connect
from tests.store.people import CHEN, MONDAY, WANG, XIAOLIN, HandClock, application, shipped_calendar

ON_BOTH_ENGINES = True

SUBJECT, ACTOR = CardRole.SUBJECT, CardRole.ACTOR
KEY, OTHER_KEY = "c3" * 32, "d4" * 32


def claimed(*roles: CardRole, needed: Proof = Proof.PRESENTED) -> Submission:
    """An allowance by people who showed nothing."""
    people = tuple(IdentityRecord(role, Proof.CLAIMED, Basis.TYPED, MONDAY) for role in roles or (SUBJECT,))
    return replace(application(), identity=people, proof_needed=needed)


def with_member_card(key: str = KEY) -> Submission:
    known = IdentityRecord(
        SUBJECT, Proof.KNOWN, Basis.MEMBER_CARD, MONDAY, member_key=key, member_tail="E5F6"
    )
    return replace(application(), identity=(known,))


def test_a_case_that_asks_for_a_document_is_completed_only_after_it_was_seen(store: Store) -> None:
    case_id = store.submit(claimed()).case_id
    held = store.claim(case_id, WANG)
    with pytest.raises(IllegalMove) as refused:
        store.complete(case_id, WANG, held.epoch, "批准")
    assert refused.value.why is Why.PROOF
    assert store.case(case_id).summary.state is State.CLAIMED
    store.see_person(case_id, WANG, held.epoch, SUBJECT, Shown.ID_CARD)
    store.complete(case_id, WANG, held.epoch, "批准")
    assert store.case(case_id).summary.state is State.DECIDED


def test_both_people_have_to_be_seen(store: Store) -> None:
    case_id = store.submit(claimed(SUBJECT, ACTOR)).case_id
    held = store.claim(case_id, WANG)
    store.see_person(case_id, WANG, held.epoch, ACTOR, Shown.ID_CARD)
    assert store.case(case_id).unproven == (SUBJECT,)
    with pytest.raises(IllegalMove):
        store.complete(case_id, WANG, held.epoch, "批准")
    store.see_person(case_id, WANG, held.epoch, SUBJECT, Shown.OTHER, "户口簿，邻居认得")
    store.complete(case_id, WANG, held.epoch, "批准")


@pytest.mark.parametrize("act", [Act.REJECT, Act.ASK_INFO, Act.RELEASE])
def test_nothing_but_completing_waits(store: Store, act: Act) -> None:
    case_id = store.submit(claimed()).case_id
    held = store.claim(case_id, WANG)
    match act:
        case Act.REJECT:
            store.reject(case_id, WANG, held.epoch, "户口不在本区")
        case Act.ASK_INFO:
            store.ask_info(case_id, WANG, held.epoch, "请带身份证来")
        case _:
            store.release(case_id, WANG, held.epoch)
    assert store.case(case_id).summary.state is not State.CLAIMED


def test_who_saw_whom_with_what_and_when_is_kept_and_in_the_history(store: Store, clock: HandClock) -> None:
    case_id = store.submit(claimed()).case_id
    held = store.claim(case_id, WANG)
    clock.forward(minutes=5)
    store.see_person(case_id, WANG, held.epoch, SUBJECT, Shown.OTHER, "  户口簿，邻居认得 ")
    file = store.case(case_id)
    (sighting,) = file.sightings
    assert (sighting.role, sighting.by, sighting.shown) == (SUBJECT, "王丽", Shown.OTHER)
    assert (sighting.note, sighting.at) == ("户口簿，邻居认得", clock.now())
    last = file.events[-1]
    assert (last.kind, last.actor, last.note) == (SEEN, "王丽", "subject")
    assert "邻居" not in repr(file)


def test_another_paper_has_a_name(store: Store) -> None:
    case_id = store.submit(claimed()).case_id
    held = store.claim(case_id, WANG)
    with pytest.raises(IllegalMove) as refused:
        store.see_person(case_id, WANG, held.epoch, SUBJECT, Shown.OTHER, "  ")
    assert refused.value.why is Why.TEXT
    assert store.case(case_id).sightings == ()


def test_nobody_is_seen_who_is_not_of_the_case(store: Store) -> None:
    case_id = store.submit(claimed()).case_id
    held = store.claim(case_id, WANG)
    with pytest.raises(IllegalMove) as refused:
        store.see_person(case_id, WANG, held.epoch, ACTOR, Shown.ID_CARD)
    assert refused.value.why is Why.UNKNOWN


def test_only_who_holds_the_case_can_say_so(store: Store, clock: HandClock) -> None:
    case_id = store.submit(claimed()).case_id
    old = store.claim(case_id, WANG)
    clock.forward(minutes=31)
    new = store.claim(case_id, CHEN)
    refused_ones = (
        (WANG, old.epoch, Why.STALE),
        (WANG, new.epoch, Why.STALE),
        (XIAOLIN, new.epoch, Why.ROLE),
    )
    for actor, epoch, why in refused_ones:
        with pytest.raises(IllegalMove) as refused:
            store.see_person(case_id, actor, epoch, SUBJECT, Shown.ID_CARD)
        assert refused.value.why is why
    assert store.case(case_id).sightings == ()


def test_seeing_somebody_keeps_the_case(store: Store, clock: HandClock) -> None:
    case_id = store.submit(claimed()).case_id
    held = store.claim(case_id, WANG)
    clock.forward(minutes=29)
    store.see_person(case_id, WANG, held.epoch, SUBJECT, Shown.ID_CARD)
    clock.forward(minutes=29)
    with pytest.raises(IllegalMove):
        store.claim(case_id, CHEN)


def test_a_member_cards_earlier_cases_are_found_by_its_hash(store: Store, clock: HandClock) -> None:
    receipts = []
    for key in (KEY, OTHER_KEY, KEY, KEY):
        receipts.append(store.submit(with_member_card(key)))
        clock.forward(days=1)
    earlier = [[use.number for use in store.case(one.case_id).earlier_uses] for one in receipts]
    first, _, third, _ = (one.number for one in receipts)
    assert earlier == [[], [], [first], [first, third]]


def test_sent_twice_it_is_one_use(store: Store, clock: HandClock) -> None:
    sent = with_member_card()
    store.submit(sent)
    store.submit(sent)
    clock.forward(days=1)
    assert len(store.case(store.submit(with_member_card()).case_id).earlier_uses) == 1


def test_what_was_handed_in_comes_back_with_its_levels(store: Store, reopen: Callable[[], Store]) -> None:
    sent = with_member_card()
    store.submit(sent)
    assert reopen().case(sent.id).submission == sent


def test_a_store_from_before_levels_were_kept_goes_on(tmp_path: Path, clock: HandClock) -> None:
    """Its cases ask for nothing, and are completed as ever."""
    folder = tmp_path / "old"
    folder.mkdir()
    db = connect(folder / "store.sqlite3")
    migrate(db, MONDAY.isoformat(), MIGRATIONS[:3])
    db.close()
    store = open_store(folder, clock=clock, calendar=shipped_calendar())
    case_id = store.submit(application()).case_id
    held = store.claim(case_id, WANG)
    store.complete(case_id, WANG, held.epoch, "批准")
    assert store.case(case_id).unproven == ()
    store.close()


def test_a_body_without_levels_is_read() -> None:
    sent = application()
    plain = json.loads(to_json(sent))
    del plain["identity"], plain["proof_needed"]
    assert from_json(json.dumps(plain)) == sent
