"""From the kiosk to a desk that opens the hub, and back to the resident: with every part as it is in life."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest

from kiosk.cases.materials import Brought, Copy
from kiosk.cases.materials import Kind as Picture
from kiosk.cases.moves import IllegalMove
from kiosk.cases.parcels import SET_ASIDE, Parcel, hash_of
from kiosk.cases.parcels import Kind as Parcels
from kiosk.cases.requests import Reply, Standing, Wish
from kiosk.cases.retention import Over
from kiosk.cases.states import State
from kiosk.hub.direct import DirectLink, Entry, entering
from kiosk.hub.members import Kind
from kiosk.hub.sending import Courier
from kiosk.hub.store import HubStore, open_hub_store
from kiosk.security.device_key import device_key
from kiosk.security.key_files import copy_keys
from kiosk.store import Store, open_store
from kiosk.store.parcel_body import ActBody, to_body
from kiosk.store.restoring import restore
from kiosk.store.verifying import Trusted
from tests.hub.hubs import Hub
from tests.store.people import GUIFANG, NAME, WANG, HandClock, application, shipped_calendar


@dataclass
class Box:
    """A kiosk with its own store, and the way to the hub."""

    folder: Path
    store: Store
    courier: Courier

    def exchange(self) -> None:
        self.courier.round()

    def seen(self) -> State:
        """What the resident reads of her newest case."""
        return self.store.cases_of(GUIFANG)[0].stage

    def is_whole(self) -> bool:
        own = device_key(self.folder)
        return self.store.verify(Trusted({own.id: own.public})).good


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def desk(hub: Hub, tmp_path: Path, clock: HandClock) -> Iterator[HubStore]:
    """The first desk of its centre: it makes the centre's keys."""
    address = hub.centre("east")
    opened = open_hub_store(address, tmp_path / "desk", clock=clock, calendar=shipped_calendar())
    yield opened
    opened.close()


@pytest.fixture
def box(hub: Hub, desk: HubStore, tmp_path: Path, clock: HandClock) -> Iterator[Box]:
    folder = tmp_path / "kiosk"
    store = open_store(folder, clock=clock, calendar=shipped_calendar())
    store.send_to_hub()
    link = DirectLink(entering(Entry(hub.kiosk("east_1", "east"))))
    made = Box(folder, store, Courier(store, link, clock))
    made.exchange()
    yield made
    link.close()
    store.close()


def test_a_case_goes_to_the_desk_and_its_outcome_comes_back_to_the_resident(
    box: Box, desk: HubStore, clock: HandClock
) -> None:
    """The kiosk keeps it first, the desk decides by the same rules, the kiosk's books stay whole."""
    receipt = box.store.submit(application())
    assert desk.open_cases(clock.at) == []
    box.exchange()
    desk.take_in()
    (waiting,) = desk.open_cases(clock.at)
    assert (waiting.number, waiting.deadline.due) == (receipt.number, receipt.due)
    assert desk.case(receipt.case_id).submission.answers[0].value == NAME
    held = desk.claim(receipt.case_id, WANG)
    box.exchange()
    assert box.seen() is State.CLAIMED
    desk.complete(receipt.case_id, WANG, held.epoch, "批了，下月起每月二百元。")
    box.exchange()
    (read,) = box.store.cases_of(GUIFANG)
    assert (read.stage, read.result) == (State.DECIDED, "批了，下月起每月二百元。")
    box.store.hear(receipt.case_id, GUIFANG)
    box.exchange()
    desk.take_in()
    assert desk.case(receipt.case_id).summary.state is State.TOLD
    assert box.is_whole()


def test_papers_laid_at_the_kiosk_are_looked_at_at_the_desk(box: Box, desk: HubStore) -> None:
    papers = [
        Brought("id-card", Copy(Picture.JPEG, b"front")),
        Brought("id-card", Copy(Picture.JPEG, b"back")),
    ]
    case_id = box.store.submit(application(), papers).case_id
    box.exchange()
    assert desk.take_in().papers == 2
    assert [desk.look_at(case_id, WANG, n).content for n in (1, 2)] == [b"front", b"back"]
    own = device_key(box.folder.parent / "desk")
    assert desk.verify(Trusted({own.id: own.public})).good


def test_the_kiosk_cannot_open_what_it_has_sent(box: Box, desk: HubStore) -> None:
    """Its seals are those of the centre; the private half lies at the desk."""
    case_id = box.store.submit(application()).case_id
    assert box.store.centre() == desk.centre()
    assert not box.store.can_open() and desk.can_open()
    box.exchange()
    desk.take_in()
    assert desk.case(case_id).submission.id == case_id


def test_a_paper_that_is_missing_is_asked_for_at_the_desk_and_read_at_the_kiosk(
    box: Box, desk: HubStore, clock: HandClock
) -> None:
    case_id = box.store.submit(application()).case_id
    box.exchange()
    desk.take_in()
    held = desk.claim(case_id, WANG)
    desk.ask_info(case_id, WANG, held.epoch, "请带户口簿")
    box.exchange()
    clock.forward(days=7)
    (read,) = box.store.cases_of(GUIFANG)
    (there,) = desk.open_cases(clock.at)
    assert (read.missing, read.paused) == ("请带户口簿", True)
    assert read.due == there.deadline.due


def test_what_staff_answer_to_what_a_person_asks_of_their_data_is_read_at_the_kiosk(
    box: Box, desk: HubStore
) -> None:
    """PIPL 44 to 47: the next time they lay their card."""
    case_id = box.store.submit(application()).case_id
    box.store.ask_of_held(case_id, GUIFANG, Wish.CORRECT, "name")
    box.store.ask_of_held(case_id, GUIFANG, Wish.ERASE)
    box.exchange()
    desk.take_in()
    correct, erase = desk.waiting_requests()
    desk.answer_request(correct.id, WANG, Standing.DONE, "改好了。")
    desk.answer_request(erase.id, WANG, Standing.REFUSED, "还在办。")
    assert box.store.wishes_waiting(case_id) == {Wish.CORRECT, Wish.ERASE}
    box.exchange()
    assert box.store.has_replies(GUIFANG) and box.store.wishes_waiting(case_id) == set()
    assert box.store.hear_replies(case_id, GUIFANG) == (
        Reply(Wish.CORRECT, Standing.DONE, "改好了。"),
        Reply(Wish.ERASE, Standing.REFUSED, "还在办。"),
    )
    assert box.seen() is State.QUEUED
    assert box.is_whole()


def test_what_its_person_erases_at_the_kiosk_is_erased_at_the_hub_when_that_hears_of_it(
    box: Box, desk: HubStore, hub: Hub
) -> None:
    """They were told that it is gone (PIPL 47): withdrawn, it serves nothing any more."""
    case_id = box.store.submit(application(), [Brought("id-card", Copy(Picture.JPEG, b"front"))]).case_id
    box.exchange()
    desk.take_in()
    box.store.withdraw(case_id, GUIFANG)
    box.store.erase_own(case_id, GUIFANG)
    box.exchange()
    done = desk.take_in()
    assert (done.acts, done.set_aside) == (2, 0)
    assert desk.waiting_requests() == ()
    with hub.desk("east") as rows:
        left = rows.execute("SELECT count(*) FROM office.attachment").fetchone()
        erased = rows.execute("SELECT erased_at IS NOT NULL FROM office.cases").fetchone()
    assert (left, erased) == ((0,), (True,))
    own = device_key(box.folder.parent / "desk")
    assert desk.verify(Trusted({own.id: own.public})).good
    box.exchange()
    assert box.is_whole()


def test_what_staff_erase_because_its_person_asked_is_erased_at_the_kiosk_too(
    box: Box, desk: HubStore
) -> None:
    """And only that: what nobody asked for at the kiosk has its own days there."""
    asked, other = (box.store.submit(application()).case_id for _ in range(2))
    box.exchange()
    desk.take_in()
    for case_id in (asked, other):
        desk.complete(case_id, WANG, desk.claim(case_id, WANG).epoch, "批了")
    box.exchange()
    for case_id in (asked, other):
        box.store.hear(case_id, GUIFANG)
    box.store.ask_of_held(asked, GUIFANG, Wish.ERASE)
    box.exchange()
    desk.take_in()
    (request,) = desk.waiting_requests()
    desk.erase_as_asked(request.id, WANG)
    desk.ask_of_held(other, GUIFANG, Wish.ERASE)
    (request,) = desk.waiting_requests()
    desk.erase_as_asked(request.id, WANG)
    box.exchange()
    assert [one.case_id for one in box.store.cases_of(GUIFANG)] == [other]
    left = box.store._db.execute("SELECT body FROM parcel_out WHERE case_id = ? AND kind = 'case'", (asked,))
    assert left.fetchone()[0] is None
    assert box.is_whole()


def test_withdrawn_at_the_kiosk_while_the_desk_has_it_in_hand_it_is_withdrawn(
    box: Box, desk: HubStore
) -> None:
    """The desk's late save is refused and its text kept, as on one box."""
    case_id = box.store.submit(application()).case_id
    box.exchange()
    desk.take_in()
    held = desk.claim(case_id, WANG)
    box.store.withdraw(case_id, GUIFANG)
    box.exchange()
    assert box.seen() is State.WITHDRAWN
    desk.take_in()
    with pytest.raises(IllegalMove):
        desk.complete(case_id, WANG, held.epoch, "批了")
    assert [note.text for note in desk.case(case_id).side_notes] == ["批了"]
    box.exchange()
    assert box.seen() is State.WITHDRAWN
    assert box.is_whole()


def test_withdrawn_at_the_kiosk_after_the_desk_decided_the_decision_stands_and_the_resident_reads_it(
    box: Box, desk: HubStore
) -> None:
    """The kiosk had not heard of it yet."""
    case_id = box.store.submit(application()).case_id
    box.exchange()
    desk.take_in()
    held = desk.claim(case_id, WANG)
    desk.complete(case_id, WANG, held.epoch, "批了")
    box.store.withdraw(case_id, GUIFANG)
    assert box.seen() is State.WITHDRAWN
    box.exchange()
    desk.take_in()
    box.exchange()
    assert box.seen() is State.DECIDED
    kinds = box.store._db.execute("SELECT kind FROM event ORDER BY n").fetchall()
    assert kinds[-1][0] == SET_ASIDE
    assert box.is_whole()


def test_another_kiosk_has_no_say_in_a_case(box: Box, desk: HubStore, hub: Hub, clock: HandClock) -> None:
    """One that somebody has taken over can neither withdraw nor erase what the others have handed in."""
    case_id = box.store.submit(application()).case_id
    box.exchange()
    desk.take_in()
    body = to_body(ActBody(case_id, "withdrawn", "2026-11-02T02:00:00.000000+00:00", ""))
    stranger = DirectLink(entering(Entry(hub.kiosk("east_2", "east"))))
    stranger.offer([Parcel(1, "an-act", Parcels.ACT, case_id, hash_of(body), body)])
    stranger.close()
    box.exchange()
    done = desk.take_in()
    assert (done.acts, done.set_aside) == (0, 1)
    with hub.owner() as owner:
        assert owner.execute("SELECT kiosk FROM hub.mailbox").fetchall() == []
    assert desk.case(case_id).summary.state is State.QUEUED
    box.exchange()
    assert box.seen() is State.QUEUED and box.is_whole()


def test_a_kiosk_that_was_put_back_to_an_old_disk_goes_on_and_somebody_is_told(
    box: Box, desk: HubStore, hub: Hub, clock: HandClock
) -> None:
    """Its numbers run backwards: the ids decide, and nothing that was handed in gives way to another."""
    box.store.submit(application())
    box.exchange()
    old = box.folder.with_name("old")
    box.store.tidy()
    copytree(box.folder, old)
    forgotten = box.store.submit(application()).case_id
    box.exchange()
    desk.take_in()
    desk.claim(forgotten, WANG)
    store = open_store(old, clock=clock, calendar=shipped_calendar())
    store.send_to_hub()
    link = DirectLink(entering(Entry(hub.address(Kind.KIOSK, "east_1"))))
    anew = store.submit(application()).case_id
    assert [one.kseq for one in store.parcels_waiting()] == [2]
    Courier(store, link, clock).round()
    assert desk.take_in().cases == 1
    assert {forgotten, anew} <= {one.case_id for one in desk.open_cases(clock.at)}
    with hub.owner() as owner:
        assert owner.execute("SELECT kind, kseq FROM hub.alarm").fetchall() == [("backwards", 2)]
    Courier(store, link, clock).round()
    assert link.mail() == []
    link.close()
    store.close()


def as_a_disk(box: Box, old: Path, clock: HandClock) -> Callable[[], None]:
    """The folder as it was, put back as a whole."""
    box.store.tidy()
    copytree(box.folder, old)
    return lambda: None


def as_a_backup(box: Box, old: Path, clock: HandClock) -> Callable[[], None]:
    """By `kiosk backup`, and later `kiosk restore`."""
    made, keys = box.store.back_up(box.folder, old.with_name("backups")), old.with_name("keys")
    copy_keys(box.folder, keys)

    def restored() -> None:
        restore(made.folder, old, clock=clock, calendar=shipped_calendar(), keys=keys)

    return restored


@pytest.mark.parametrize("kept", [as_a_disk, as_a_backup])
def test_a_kiosk_that_was_put_back_hears_again_what_it_had_acknowledged(
    box: Box,
    desk: HubStore,
    hub: Hub,
    clock: HandClock,
    kept: Callable[[Box, Path, HandClock], Callable[[], None]],
) -> None:
    """And each line once: due dates come out as if nothing had been lost."""
    case_id = box.store.submit(application()).case_id
    box.exchange()
    desk.take_in()
    held = desk.claim(case_id, WANG)
    box.exchange()
    old = box.folder.with_name("old")
    put_back_again = kept(box, old, clock)
    desk.ask_info(case_id, WANG, held.epoch, "请带户口簿")
    box.exchange()
    assert box.seen() is State.NEEDS_INFO
    put_back_again()
    store = open_store(old, clock=clock, calendar=shipped_calendar())
    store.send_to_hub()
    link = DirectLink(entering(Entry(hub.address(Kind.KIOSK, "east_1"))))
    put_back = Box(old, store, Courier(store, link, clock))
    assert put_back.seen() is State.CLAIMED
    put_back.exchange()
    (read,) = store.cases_of(GUIFANG)
    assert (read.stage, read.missing, read.paused) == (State.NEEDS_INFO, "请带户口簿", True)
    kinds = store._db.execute("SELECT kind FROM event ORDER BY n").fetchall()
    assert [kind for (kind,) in kinds] == ["submitted", "claimed", "info_asked"]
    assert put_back.courier.round().news == 0
    signers = (device_key(box.folder), device_key(old))
    assert store.verify(Trusted({own.id: own.public for own in signers})).good
    link.close()
    store.close()


def test_what_was_acknowledged_two_months_ago_is_forgotten_by_the_hub(
    box: Box, desk: HubStore, hub: Hub
) -> None:
    """As long as a kiosk keeps what it has sent."""
    first, second = (box.store.submit(application()).case_id for _ in range(2))
    box.exchange()
    desk.take_in()
    desk.claim(first, WANG)
    box.exchange()
    with hub.owner() as owner:
        owner.execute("UPDATE hub.told SET acknowledged_at = acknowledged_at - interval '61 days'")
        desk.claim(second, WANG)
        box.exchange()
        assert owner.execute("SELECT case_id FROM hub.told").fetchall() == [(second,)]


def test_what_is_erased_is_erased_from_what_the_kiosk_was_told_too(
    box: Box, desk: HubStore, hub: Hub
) -> None:
    """A kiosk that is put back hears that it is over, and no word of it."""
    case_id = box.store.submit(application()).case_id
    box.exchange()
    desk.take_in()
    desk.complete(case_id, WANG, desk.claim(case_id, WANG).epoch, "每月一百元")
    box.exchange()
    with hub.owner() as owner:
        assert "每月一百元" in str(owner.execute("SELECT body FROM hub.told").fetchall())
        desk.erase((Over(case_id, "", None),))
        assert "每月一百元" not in str(owner.execute("SELECT body FROM hub.told").fetchall())


def test_a_month_without_the_hub_is_caught_up_with_in_order(
    box: Box, desk: HubStore, hub: Hub, clock: HandClock
) -> None:
    ids = []
    for _ in range(30):
        ids.append(box.store.submit(application()).case_id)
        clock.forward(days=1)
    box.store.withdraw(ids[3], GUIFANG)
    box.exchange()
    done = desk.take_in()
    assert (done.cases, done.acts, done.set_aside) == (30, 1, 0)
    received = [one.case_id for one in sorted(desk.all_cases(clock.at), key=lambda one: one.received_at)]
    assert received == ids
    box.exchange()
    assert box.store.waiting_for_hub().parcels == 0
    assert box.is_whole()
