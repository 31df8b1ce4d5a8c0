"""A case goes from a kiosk through the hub to a desk, and what becomes of it comes back."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.cases.materials import Brought, Copy
from kiosk.cases.materials import Kind as Picture
from kiosk.cases.moves import IllegalMove
from kiosk.cases.parcels import Kind, Parcel, hash_of
from kiosk.cases.requests import Wish
from kiosk.cases.retention import Over
from kiosk.cases.states import Outcome, State, Why
from kiosk.cases.submission import IdentityRecord
from kiosk.flow.proof import Basis
from kiosk.hub import taking_in
from kiosk.hub.direct import DirectLink
from kiosk.hub.members import Kind as Member
from kiosk.hub.standing import kiosks
from kiosk.hub.store import HubStore
from kiosk.hub.taking_in import TakenIn
from kiosk.security.device_key import device_key
from kiosk.services.proof import CardRole, Proof
from kiosk.store.verifying import Trusted
from tests.hub.centre_with_hub import CentreWithHub, KioskOfCentre
from tests.hub.hubs import Hub
from tests.store.people import CHEN, GUIFANG, MONDAY, NAME, NUMBER, WANG, HandClock, application

SEEN = (IdentityRecord(CardRole.SUBJECT, Proof.CLAIMED, Basis.TYPED, MONDAY),)

_THEN = "2026-11-22T03:00:00+00:00"

NewCentre = Callable[[str], CentreWithHub]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def new_centre(hub: Hub, tmp_path: Path, clock: HandClock) -> Iterator[NewCentre]:
    with ExitStack() as closing:
        yield lambda name: CentreWithHub(hub, tmp_path, clock, name, closing)


@pytest.fixture
def centre(new_centre: NewCentre) -> CentreWithHub:
    return new_centre("north")


@pytest.fixture
def desk(centre: CentreWithHub) -> HubStore:
    return centre.desk()


@pytest.fixture
def kiosk(centre: CentreWithHub, desk: HubStore) -> KioskOfCentre:
    return centre.kiosk()


def handed_in(kiosk: KioskOfCentre) -> str:
    return kiosk.store.submit(replace(application(), identity=SEEN)).case_id


def set_aside(hub: Hub) -> list[str]:
    with hub.owner() as owner:
        rows = owner.execute("SELECT set_aside FROM hub.parcel WHERE set_aside IS NOT NULL ORDER BY n")
        return [why for (why,) in rows]


def test_a_case_goes_to_the_desk_and_its_decision_comes_back_to_the_kiosk(
    kiosk: KioskOfCentre, desk: HubStore
) -> None:
    case = handed_in(kiosk)
    kiosk.exchange()
    (line,) = desk.board().cases
    receipt = kiosk.store.progress_of(case)
    assert (line.number, line.ticket, line.deadline.due) == (receipt.number, receipt.ticket, receipt.due)
    assert desk.case(case).submission.answers == application().answers
    claim = desk.next_case(WANG)
    assert claim is not None and claim.case_id == case
    desk.complete(case, WANG, claim.epoch, "每月一百元，从十二月起。")
    kiosk.exchange()
    told = kiosk.store.progress_of(case)
    assert (told.stage, told.outcome) == (State.DECIDED, Outcome.GRANTED)
    assert told.result == "每月一百元，从十二月起。"


def test_what_was_sent_twice_is_one_case(kiosk: KioskOfCentre, desk: HubStore, hub: Hub) -> None:
    case = handed_in(kiosk)
    kiosk.exchange()
    assert desk.take_in() == TakenIn(cases=1)
    assert desk.take_in() == TakenIn()
    with hub.owner() as owner:
        owner.execute("UPDATE hub.parcel SET taken_at = NULL, body = %s", (_sent(kiosk, case).body,))
    assert desk.take_in() == TakenIn()
    assert [one.case_id for one in desk.board().cases] == [case]
    assert len(desk.case(case).events) == 1


def test_the_books_hold_together_at_the_kiosk_and_at_the_hub(
    kiosk: KioskOfCentre, desk: HubStore, centre: CentreWithHub
) -> None:
    for _ in range(3):
        handed_in(kiosk)
    kiosk.exchange()
    claim = desk.next_case(WANG)
    assert claim is not None
    desk.ask_info(claim.case_id, WANG, claim.epoch, "户口本")
    kiosk.exchange()
    for store, folder in ((desk, "north desk 1"), (kiosk.store, "north_1")):
        key = device_key(centre.folder / folder)
        verdict = store.verify(Trusted({key.id: key.public}))
        assert verdict.good, verdict.faults


def test_withdrawn_at_the_kiosk_while_the_desk_has_it_in_hand_is_withdrawn(
    kiosk: KioskOfCentre, desk: HubStore
) -> None:
    case = handed_in(kiosk)
    kiosk.exchange()
    claim = desk.next_case(WANG)
    assert claim is not None
    kiosk.store.withdraw(case, GUIFANG)
    kiosk.exchange()
    assert desk.take_in() == TakenIn(acts=1)
    with pytest.raises(IllegalMove) as refused:
        desk.complete(case, WANG, claim.epoch, "每月一百元")
    assert refused.value.why in {Why.STALE, Why.STATE}
    view = desk.case(case)
    assert view.summary.state is State.WITHDRAWN
    assert [note.text for note in view.side_notes] == ["每月一百元"]
    kiosk.exchange()
    assert kiosk.store.progress_of(case).stage is State.WITHDRAWN


def test_taken_back_after_it_was_decided_changes_nothing_and_the_kiosk_hears_how_it_stands(
    kiosk: KioskOfCentre, desk: HubStore, hub: Hub
) -> None:
    case = handed_in(kiosk)
    kiosk.exchange()
    claim = desk.next_case(WANG)
    assert claim is not None
    desk.complete(case, WANG, claim.epoch, "每月一百元")
    kiosk.store.withdraw(case, GUIFANG)
    kiosk.exchange()
    assert desk.take_in() == TakenIn(set_aside=1)
    assert set_aside(hub) == ["too_late"]
    with hub.owner() as owner:
        assert [one.set_aside for one in kiosks(owner)] == [0]
    kiosk.exchange()
    told = kiosk.store.progress_of(case)
    assert (told.stage, told.outcome) == (State.DECIDED, Outcome.GRANTED)


def test_a_wish_and_a_consent_taken_back_reach_the_desk(kiosk: KioskOfCentre, desk: HubStore) -> None:
    case = handed_in(kiosk)
    (consent, *_) = kiosk.store.standing_consents(case)
    kiosk.store.withdraw_consent(case, GUIFANG, consent.id)
    kiosk.store.ask_of_held(case, GUIFANG, Wish.ERASE)
    kiosk.exchange()
    assert desk.take_in() == TakenIn(cases=1, acts=2)
    assert desk.took_consent_back(case)
    assert [one.wish for one in desk.waiting_requests()] == [Wish.ERASE]


def test_the_kiosk_is_told_of_each_line_once_however_much_is_taken_in_at_once(
    kiosk: KioskOfCentre, desk: HubStore, hub: Hub
) -> None:
    for _ in range(3):
        kiosk.store.withdraw(handed_in(kiosk), GUIFANG)
    kiosk.exchange()
    assert desk.take_in() == TakenIn(cases=3, acts=3)
    with hub.owner() as owner:
        told = owner.execute("SELECT case_id, seq FROM hub.mailbox").fetchall()
    assert len(told) == len(set(told)) == 6


def test_large_ones_are_taken_in_one_after_another(
    kiosk: KioskOfCentre, desk: HubStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for as many pictures as fit into one action."""
    monkeypatch.setattr(taking_in, "BYTES_AT_A_TIME", 1)
    cases = [handed_in(kiosk) for _ in range(3)]
    kiosk.exchange()
    assert desk._take_some() == (TakenIn(cases=1), True)
    assert [one.case_id for one in desk.all_cases(MONDAY)] == cases[:1]
    assert desk.take_in() == TakenIn(cases=2)


def test_of_a_case_whose_time_is_over_nothing_said_is_left_on_its_way(
    kiosk: KioskOfCentre, desk: HubStore, hub: Hub
) -> None:
    """Its kiosk was away for as long; it still hears how the case ended."""
    case = handed_in(kiosk)
    kiosk.exchange()
    _offered(hub, replace(_sent(kiosk, case), body=b"strange", hash=hash_of(b"strange")))
    desk.take_in()
    claim = desk.claim(case, WANG)
    desk.complete(case, WANG, claim.epoch, "每月一百元")
    desk.erase((Over(case, "", None),))
    with hub.owner() as owner:
        left = [
            owner.execute(f"SELECT body FROM hub.{name}").fetchall() for name in ("mailbox", "quarantine")
        ]
    assert "每月一百元" not in str(left) and "strange" not in str(left)
    kiosk.exchange()
    assert kiosk.store.progress_of(case).stage is State.DECIDED


def test_a_picture_that_comes_after_its_case_was_erased_is_not_kept(
    kiosk: KioskOfCentre, desk: HubStore, hub: Hub
) -> None:
    paper = Brought("id-card", Copy(Picture.JPEG, b"front"))
    case = kiosk.store.submit(replace(application(), identity=SEEN), [paper]).case_id
    handed, picture = kiosk.store.parcels_waiting()
    _offered(hub, handed)
    desk.take_in()
    desk.erase((Over(case, "", None),))
    _offered(hub, picture)
    assert desk.take_in() == TakenIn(papers=1)
    with hub.owner() as owner:
        assert owner.execute("SELECT count(*) FROM office.attachment").fetchone() == (0,)


def test_one_strange_parcel_holds_up_none_of_the_others(
    kiosk: KioskOfCentre, desk: HubStore, hub: Hub
) -> None:
    first = handed_in(kiosk)
    strange = Parcel(900, "not-a-case", Kind.CASE, "not-a-case", hash_of(b"{}"), b"{}")
    kiosk.exchange()
    _offered(hub, strange)
    second = handed_in(kiosk)
    kiosk.exchange()
    assert desk.take_in() == TakenIn(cases=2, set_aside=1)
    assert {one.case_id for one in desk.board().cases} == {first, second}
    assert set_aside(hub) == ["unreadable"]


@pytest.mark.parametrize(
    "refused",
    ["the same consent twice", "a text that no database keeps", "a number that no index of it holds"],
)
def test_what_only_the_database_refuses_is_set_aside_alone_and_the_books_hold_together(
    centre: CentreWithHub, kiosk: KioskOfCentre, desk: HubStore, hub: Hub, refused: str
) -> None:
    """It lies between others that are taken in with it in the same few statements."""
    cases = [handed_in(kiosk) for _ in range(2)]
    kiosk.exchange()
    body = json.loads(_sent(kiosk, cases[0]).body)
    body["case"]["id"] = "strange"
    if refused == "the same consent twice":
        body["consents"] += body["consents"][:1]
    elif refused.startswith("a number"):
        body["case"]["number"] = "".join(f"{random.randrange(16**8):08x}" for _ in range(1000))
    else:
        body["case"]["fields"] = "name\0"
    strange = json.dumps(body).encode()
    _offered(hub, Parcel(900, "strange", Kind.CASE, "strange", hash_of(strange), strange))
    cases += [handed_in(kiosk) for _ in range(2)]
    kiosk.exchange()
    assert desk.take_in() == TakenIn(cases=4, set_aside=1)
    assert set_aside(hub) == ["store"]
    assert {one.case_id for one in desk.all_cases(MONDAY)} == set(cases)
    key = device_key(centre.folder / "north desk 1")
    verdict = desk.verify(Trusted({key.id: key.public}))
    assert verdict.good, verdict.faults
    with hub.owner() as owner:
        told = owner.execute("SELECT case_id, seq FROM hub.mailbox ORDER BY id").fetchall()
    assert told == [(case, 1) for case in cases]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("at", "0001-01-01T00:00:00+08:00"),
        ("case", {"received_at": "9999-12-31T23:59:59-08:00"}),
        ("case", {"due": "soon"}),
        ("case", {"promised_workdays": 1_000_000}),
        ("case", {"keep_days": 10**12}),
        ("case", {"pauses": "lunch"}),
        ("case", {"title": "[" * 100_000}),
        ("case", {"title": '{"zh": "津贴"}'}),
        ("case", {"proof_needed": "none"}),
        ("levels", [{"role": "king", "level": "claimed", "basis": "typed", "at": _THEN, "expired": 0}]),
        ("authority", {"acting": "family", "standing": "given", "until": "always"}),
        ("consents", [{"place": 0, "id": "use", "given": 1, "at": _THEN, "text": "1"}]),
    ],
)
def test_a_case_that_the_desk_could_not_show_holds_up_none_of_the_others(
    kiosk: KioskOfCentre, desk: HubStore, hub: Hub, part: str, said: Any
) -> None:
    good = handed_in(kiosk)
    kiosk.exchange()
    body = json.loads(_sent(kiosk, good).body)
    body["case"]["id"] = "strange"
    body[part] = body[part] | said if part == "case" else said
    strange = json.dumps(body).encode()
    _offered(hub, Parcel(900, "strange", Kind.CASE, "strange", hash_of(strange), strange))
    assert desk.take_in() == TakenIn(cases=1, set_aside=1)
    assert set_aside(hub) == ["unreadable"]
    assert [one.case_id for one in desk.board().cases] == [good]


def test_a_case_sealed_for_somebody_else_is_kept_and_set_aside(
    new_centre: NewCentre, desk: HubStore, kiosk: KioskOfCentre, hub: Hub
) -> None:
    south = new_centre("south")
    south_desk, south_kiosk = south.desk(), south.kiosk()
    case = handed_in(kiosk)
    _offered(hub, _sent(kiosk, case), "south_1")
    assert south_desk.take_in() == TakenIn(set_aside=1)
    assert set_aside(hub) == ["key"]
    assert south_kiosk.store.parcels_waiting() == []


def test_a_centre_sees_no_case_of_another(
    new_centre: NewCentre, kiosk: KioskOfCentre, desk: HubStore
) -> None:
    south = new_centre("south").desk()
    case = handed_in(kiosk)
    kiosk.exchange()
    assert len(desk.board().cases) == 1
    assert south.take_in() == TakenIn()
    assert south.board().cases == ()
    with pytest.raises(IllegalMove) as refused:
        south.claim(case, CHEN)
    assert refused.value.why is Why.UNKNOWN


def test_of_a_kiosk_whose_clock_runs_ahead_the_time_counts_from_when_it_came(
    centre: CentreWithHub, desk: HubStore, clock: HandClock
) -> None:
    ahead = HandClock(clock.at + timedelta(days=4000))
    kiosk = centre.kiosk(2, ahead)
    case = handed_in(kiosk)
    kiosk.exchange()
    assert desk.take_in() == TakenIn(cases=1)
    assert desk.case(case).summary.received_at < ahead.at - timedelta(days=3000)


def test_nothing_in_the_hub_can_be_read_by_whoever_looks_after_it(
    kiosk: KioskOfCentre, desk: HubStore, hub: Hub
) -> None:
    handed_in(kiosk)
    kiosk.exchange()
    assert len(desk.board().cases) == 1
    with hub.owner() as owner:
        tables = owner.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('hub', 'office')"
        ).fetchall()
        kept = "".join(
            str(owner.execute(f"SELECT * FROM {schema}.{table}").fetchall()) for schema, table in tables
        )
    assert GUIFANG in kept  # whose case it is, by a name that only the centre can make
    assert NAME not in kept and NUMBER not in kept


def _sent(kiosk: KioskOfCentre, case: str) -> Parcel:
    row = kiosk.store._db.execute(
        "SELECT kseq, id, kind, case_id, hash, body FROM parcel_out WHERE id = ?", (case,)
    ).fetchone()
    return Parcel(row["kseq"], row["id"], Kind(row["kind"]), row["case_id"], row["hash"], row["body"])


def _offered(hub: Hub, parcel: Parcel, kiosk: str = "north_1") -> None:
    """By somebody who has the kiosk's password, and need not be our program."""
    with hub.connect(Member.KIOSK, kiosk) as db:
        DirectLink(lambda: db).offer([parcel])
