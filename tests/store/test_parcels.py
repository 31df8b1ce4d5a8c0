"""What a kiosk has for its hub is written with what it tells of, once, in order, and unreadable."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.cases.materials import Brought, Copy
from kiosk.cases.materials import Kind as Picture
from kiosk.cases.parcels import Kind, Parcel, Receipt, batch, hash_of
from kiosk.cases.requests import Wish
from kiosk.cases.states import State
from kiosk.cases.submission import IdentityRecord
from kiosk.flow.proof import Basis
from kiosk.security.device_key import device_key
from kiosk.services.proof import CardRole, Proof
from kiosk.store import Store, StoreTrouble
from kiosk.store import parcel_statements as sql
from kiosk.store.parcel_body import UnreadableParcel, read_act, read_case, read_paper
from kiosk.store.parcels import KEPT_AFTER
from kiosk.store.verifying import Trusted
from tests.store.people import CHEN, GUIFANG, NAME, NUMBER, WANG, HandClock, application


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Store:
    """Of a kiosk with a hub."""
    opened = reopen()
    opened.send_to_hub()
    return opened


def taken(parcel: Parcel, clock: HandClock) -> Receipt:
    return Receipt(parcel.id, parcel.hash, parcel.kseq, clock.at)


def test_a_kiosk_without_a_hub_writes_no_parcel(reopen: Callable[[], Store]) -> None:
    alone = reopen()
    alone.withdraw(alone.submit(application()).case_id, GUIFANG)
    assert alone.parcels_waiting() == []


def test_what_is_handed_in_waits_for_the_hub_under_its_own_id_and_nobody_can_read_it(store: Store) -> None:
    sent = application()
    receipt = store.submit(sent)
    (parcel,) = store.parcels_waiting()
    assert (parcel.kseq, parcel.id, parcel.kind, parcel.case_id) == (1, sent.id, Kind.CASE, sent.id)
    assert parcel.hash == hash_of(parcel.body)
    body = read_case(parcel.body)
    assert (body.case.number, body.case.due) == (receipt.number, receipt.due.isoformat())
    assert body.sealed == store._db.execute("SELECT sealed FROM event").fetchone()[0]
    assert body.head and body.head.key_id == store.box_id()
    for private in (NAME, NUMBER):
        assert private.encode() not in parcel.body
        assert private not in repr(parcel) and private not in repr(body)


def test_one_content_gives_one_text(store: Store) -> None:
    """RFC 8785: keys in order, nothing between them."""
    store.submit(application())
    (parcel,) = store.parcels_waiting()
    again = json.dumps(json.loads(parcel.body), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again.encode() == parcel.body


def test_consents_levels_and_who_acts_travel_with_the_case(store: Store) -> None:
    seen = (IdentityRecord(CardRole.SUBJECT, Proof.CLAIMED, Basis.TYPED, application().begun_at),)
    store.submit(replace(application(), identity=seen, agent_key="b2" * 32, operator="小林"))
    body = read_case(store.parcels_waiting()[0].body)
    assert [(one.id, one.given) for one in body.consents] == [("use", 1), ("id-data", 1)]
    assert [(one.role, one.level) for one in body.levels] == [("subject", "claimed")]
    assert (body.case.agent_key, body.case.operator) == ("b2" * 32, "小林")


def test_handing_in_twice_makes_one_parcel(store: Store) -> None:
    sent = application()
    store.submit(sent)
    store.submit(sent)
    assert len(store.parcels_waiting()) == 1


def test_what_a_resident_does_with_a_case_follows_it_in_order(store: Store) -> None:
    first, second = (store.submit(application()).case_id for _ in range(2))
    store.withdraw_consent(first, GUIFANG, "use")
    store.ask_of_held(second, GUIFANG, Wish.CORRECT, "name")
    store.withdraw(first, GUIFANG)
    acts = [one for one in store.parcels_waiting() if one.kind is Kind.ACT]
    assert [one.kseq for one in acts] == [3, 4, 5]
    read = [read_act(one.body) for one in acts]
    assert [(one.case_id, one.event, one.note) for one in read] == [
        (first, "consent_withdrawn", "use"),
        (second, "correction_asked", "name"),
        (first, "withdrawn", ""),
    ]


def test_what_staff_do_is_not_sent(store: Store) -> None:
    case_id = store.submit(application()).case_id
    store.claim(case_id, WANG)
    assert len(store.parcels_waiting()) == 1


def test_a_case_from_before_the_kiosk_had_a_hub_stays_with_its_own_desk(reopen: Callable[[], Store]) -> None:
    store = reopen()
    before = store.submit(application()).case_id
    store.send_to_hub()
    store.withdraw(before, GUIFANG)
    assert store.parcels_waiting() == []


def test_an_action_that_fails_leaves_neither_a_parcel_nor_a_gap(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql, "CARDS_TO_SEND", "SELECT member_key FROM nowhere WHERE case_id = ?")
    sent = application()
    with pytest.raises(StoreTrouble):
        store.submit(sent)
    assert (store.parcels_waiting(), store.cases_of(GUIFANG)) == ([], [])
    monkeypatch.undo()
    store.submit(sent)
    assert [one.kseq for one in store.parcels_waiting()] == [1]


def test_what_was_sent_does_not_come_again_and_its_number_never_returns(
    store: Store, clock: HandClock
) -> None:
    store.submit(application())
    store.parcels_sent(taken(one, clock) for one in store.parcels_waiting())
    assert store.parcels_waiting() == []
    store.submit(application())
    assert [one.kseq for one in store.parcels_waiting()] == [2]


def test_bodies_go_some_time_after_they_were_sent_and_what_waits_stays(
    store: Store, clock: HandClock
) -> None:
    store.submit(application())
    store.parcels_sent(taken(one, clock) for one in store.parcels_waiting())
    store.submit(application())
    clock.forward(days=KEPT_AFTER.days - 1)
    assert store.forget_sent() == 0
    clock.forward(days=1)
    assert store.forget_sent() == 1
    assert len(store.parcels_waiting()) == 1


def test_papers_that_were_laid_at_the_kiosk_follow_their_case_sealed(store: Store) -> None:
    papers = [Brought("id-card", Copy(Picture.JPEG, b"picture of %d" % n)) for n in (1, 2)]
    sent = application()
    store.submit(sent, papers)
    case, *pictures = store.parcels_waiting()
    assert (case.kind, [one.id for one in pictures]) == (Kind.CASE, [f"{sent.id}/1", f"{sent.id}/2"])
    for n, one in enumerate(pictures, 1):
        body = read_paper(one.body)
        assert (body.case_id, body.n, body.material, body.of) == (sent.id, n, "id-card", "jpeg")
        assert one.hash == hash_of(one.body)
        assert b"picture" not in one.body and b"picture" not in body.sealed


def test_a_large_paper_goes_alone_and_is_read_only_when_its_turn_comes(store: Store) -> None:
    papers = [Brought("id-card", Copy(Picture.JPEG, bytes(900_000))) for _ in range(3)]
    store.submit(application(), papers)
    assert [one.kseq for one in store.parcels_waiting()] == [1]
    assert store.anything_for_hub()


def test_a_hub_that_was_put_back_is_offered_again_what_it_may_have_lost(
    store: Store, clock: HandClock
) -> None:
    store.submit(application())
    store.parcels_sent(taken(one, clock) for one in store.parcels_waiting())
    clock.forward(days=1)
    evening = clock.at
    lost = store.submit(application(), [Brought("id-card", Copy(Picture.JPEG, b"x"))]).case_id
    sent = store.parcels_waiting()
    store.parcels_sent(taken(one, clock) for one in sent)
    assert store.send_again(evening) == 2
    assert store.parcels_waiting() == sent
    assert {one.case_id for one in sent} == {lost}


def test_a_paper_that_was_erased_meanwhile_is_not_offered_again(store: Store, clock: HandClock) -> None:
    """Nothing of it is left, and the hub may have it: empty, it would be set aside there for people."""
    sent = application()
    agreed = replace(sent, consents=tuple(replace(c, keep_days=1) for c in sent.consents))
    case_id = store.submit(agreed, [Brought("id-card", Copy(Picture.JPEG, b"x"))]).case_id
    store.withdraw(case_id, GUIFANG)
    for batch_of in iter(store.parcels_waiting, []):
        store.parcels_sent(taken(one, clock) for one in batch_of)
    sent_on = clock.at
    clock.forward(days=3)
    assert store.erase(store.times({}).due) == 1
    store.send_again(sent_on)
    assert [one.kind for one in store.parcels_waiting()] == [Kind.ACT]


def test_of_a_case_that_was_erased_before_it_could_be_sent_only_the_number_goes(
    store: Store, clock: HandClock
) -> None:
    """No gap, and nothing of the person (PIPL 47)."""
    sent = application()
    case_id = store.submit(
        replace(sent, consents=tuple(replace(c, keep_days=1) for c in sent.consents))
    ).case_id
    store.withdraw(case_id, GUIFANG)
    clock.forward(days=3)
    assert store.erase(store.times({}).due) == 1
    case, act = store.parcels_waiting()
    assert (case.body, case.hash, case.kseq) == (b"", hash_of(b""), 1)
    assert read_act(act.body).event == "withdrawn"
    with pytest.raises(UnreadableParcel):
        read_case(case.body)


def test_a_hundred_go_at_a_time_or_a_megabyte_and_a_large_one_alone() -> None:
    small = [Parcel(n, str(n), Kind.ACT, "c", b"", b"x") for n in range(1, 150)]
    assert [one.kseq for one in batch(small)] == list(range(1, 101))
    large = [Parcel(n, str(n), Kind.CASE, "c", b"", b"x" * 600_000) for n in (1, 2)]
    assert [one.kseq for one in batch(large)] == [1]
    alone = [Parcel(1, "1", Kind.CASE, "c", b"", b"x" * 3_000_000), *small]
    assert [one.kseq for one in batch(alone)] == [1]


def test_how_far_the_kiosk_is_can_be_asked_at_any_time(store: Store, clock: HandClock) -> None:
    assert store.waiting_for_hub().reached_at is None
    begun = clock.at
    store.submit(application())
    clock.forward(hours=1)
    store.hub_failed("away")
    clock.forward(hours=1)
    store.hub_failed("away")
    found = store.waiting_for_hub()
    assert (found.parcels, found.oldest, found.fault) == (1, begun, "away")
    assert found.since and (found.since - begun).seconds == 3600
    store.hub_answered()
    found = store.waiting_for_hub()
    assert (found.reached_at, found.fault, found.since) == (clock.at, "", None)


def test_the_books_are_whole_with_parcels_beside_them(store: Store, tmp_path: Path) -> None:
    case_id = store.submit(application()).case_id
    store.withdraw(case_id, GUIFANG)
    own = device_key(tmp_path / "state")
    assert store.verify(Trusted({own.id: own.public})).good
    assert store.cases_of(GUIFANG)[0].stage is State.WITHDRAWN
    assert CHEN.name not in repr(store.parcels_waiting())
