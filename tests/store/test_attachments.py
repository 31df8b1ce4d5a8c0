"""Copies of papers: sealed to the centre, bound to their case, in its history and backups, gone with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.cases.materials import OTHER, Brought, Copy, Kind, Standing
from kiosk.cases.moves import IllegalMove
from kiosk.cases.states import Actor, Why
from kiosk.security.device_key import device_key
from kiosk.store import Store, StoreTrouble, Trouble, open_store
from kiosk.store.verifying import Trusted, Verdict
from tests.store.people import CHEN, WANG, XIAOLIN, HandClock, application, shipped_calendar

BOOKLET = Copy(Kind.JPEG, b"\xff\xd8\xff" + "户口簿首页张桂芳".encode() * 50)
ROOMY = 40


@pytest.fixture
def store(tmp_path: Path, clock: HandClock) -> Iterator[Store]:
    """Readable as a whole, so that a search of its file means something."""
    opened = open_store(tmp_path / "state", clock=clock, calendar=shipped_calendar(), encrypt=False)
    yield opened
    opened.close()


@pytest.fixture
def case_id(store: Store) -> str:
    """A case that Wang has in hand."""
    sent = application()
    kept = tuple(replace(one, keep_days=90) for one in sent.consents)
    case_id = store.submit(replace(sent, consents=kept)).case_id
    store.claim(case_id, WANG)
    return case_id


def checked(store: Store, folder: Path) -> Verdict:
    key = device_key(folder / "state")
    return store.verify(Trusted({key.id: key.public}))


def in_files(folder: Path, words: bytes) -> bool:
    return any(words in one.read_bytes() for one in folder.rglob("store.sqlite3*"))


def test_a_copy_lies_sealed_and_comes_out_as_it_went_in(store: Store, case_id: str, tmp_path: Path) -> None:
    assert store.attach(case_id, WANG, "id-card", BOOKLET, ROOMY) == 1
    assert not in_files(tmp_path, BOOKLET.content[:40])
    assert store.look_at(case_id, WANG, 1) == BOOKLET
    (kept,) = store.case(case_id).attachments
    assert (kept.n, kept.material, kept.kind, kept.size) == (1, "id-card", Kind.JPEG, len(BOOKLET.content))
    assert "户口簿" not in repr(BOOKLET)


def test_each_copy_and_each_look_at_one_is_an_event_with_its_paper(store: Store, case_id: str) -> None:
    """K42: who looked at what."""
    store.attach(case_id, WANG, "id-card", BOOKLET, ROOMY)
    store.look_at(case_id, CHEN, 1)
    told = [(event.kind, event.note, event.actor) for event in store.case(case_id).events[-2:]]
    assert told == [("attached", "id-card", WANG.name), ("viewed", "material/id-card", CHEN.name)]


def test_without_the_keys_of_the_centre_nothing_is_shown_and_no_look_is_recorded(
    store: Store, case_id: str
) -> None:
    store.attach(case_id, WANG, OTHER, BOOKLET, ROOMY)
    before = store._db.execute("SELECT count(*) FROM event").fetchone()[0]
    store.keyring.lie_open({})
    with pytest.raises(StoreTrouble) as trouble:
        store.look_at(case_id, WANG, 1)
    assert trouble.value.kind is Trouble.SEALED
    assert store._db.execute("SELECT count(*) FROM event").fetchone()[0] == before


def test_a_copy_laid_into_another_case_does_not_open(store: Store, case_id: str) -> None:
    other = store.submit(application()).case_id
    store.attach(case_id, WANG, OTHER, BOOKLET, ROOMY)
    store._db.execute("UPDATE attachment SET case_id = ?", (other,))
    store._db.conn.commit()
    with pytest.raises(StoreTrouble) as trouble:
        store.look_at(other, WANG, 1)
    assert trouble.value.kind is Trouble.DAMAGED


@pytest.mark.parametrize(
    "done_behind",
    [
        "UPDATE attachment SET material = 'other'",
        "UPDATE attachment SET sealed = CAST(substr(sealed, 1, 200) || X'00' || substr(sealed, 202) AS BLOB)",
        "UPDATE attachment SET actor = '陈明'",
        "DELETE FROM attachment",
        """INSERT INTO attachment
             SELECT NULL, case_id, 2, material, kind, size, digest, actor, at, sealed FROM attachment""",
    ],
    ids=["another paper", "another bit", "another name", "taken out", "put in"],
)
def test_what_is_changed_behind_the_program_is_found(
    store: Store, case_id: str, tmp_path: Path, done_behind: str
) -> None:
    """K41."""
    store.attach(case_id, WANG, "id-card", BOOKLET, ROOMY)
    assert checked(store, tmp_path).good
    store._db.execute(done_behind)
    store._db.conn.commit()
    assert [found.fault.what for found in checked(store, tmp_path).faults] == ["attachment"]


def test_a_case_holds_so_much_and_no_more(store: Store, case_id: str) -> None:
    large = Copy(Kind.PDF, b"%PDF-" + bytes(700_000))
    store.attach(case_id, WANG, OTHER, large, 1)
    with pytest.raises(IllegalMove) as refused:
        store.attach(case_id, WANG, OTHER, large, 1)
    assert refused.value.why is Why.ROOM
    assert len(store.attachments(case_id)) == 1


@pytest.mark.parametrize(("who", "why"), [(CHEN, Why.HELD), (XIAOLIN, Why.ROLE)])
def test_nobody_adds_to_a_case_that_somebody_else_has_in_hand(
    store: Store, case_id: str, who: Actor, why: Why
) -> None:
    """K42."""
    for act in (
        lambda: store.attach(case_id, who, OTHER, BOOKLET, ROOMY),
        lambda: store.note_material(case_id, who, OTHER, Standing.SEEN),
    ):
        with pytest.raises(IllegalMove) as refused:
            act()
        assert refused.value.why is why


def test_the_paper_that_a_case_waits_for_is_added_while_it_waits(store: Store, case_id: str) -> None:
    store.ask_info(case_id, WANG, 1, "户口簿")
    store.attach(case_id, CHEN, "id-card", BOOKLET, ROOMY)
    assert store.case(case_id).standings == {"id-card": Standing.KEPT}


def test_nothing_is_added_to_a_case_that_is_decided(store: Store, case_id: str) -> None:
    store.complete(case_id, WANG, 1, "批了")
    with pytest.raises(IllegalMove) as refused:
        store.attach(case_id, WANG, OTHER, BOOKLET, ROOMY)
    assert refused.value.why is Why.STATE


def test_the_last_thing_said_of_a_paper_counts(store: Store, case_id: str) -> None:
    for standing in (Standing.MISSING, Standing.SEEN, Standing.MISSING):
        store.note_material(case_id, WANG, "id-card", standing)
    assert store.case(case_id).missing_materials == {"id-card"}
    store.attach(case_id, WANG, "id-card", BOOKLET, ROOMY)
    assert store.case(case_id).missing_materials == frozenset()


def test_the_copy_goes_with_its_case_and_the_books_hold_together(
    store: Store, case_id: str, tmp_path: Path, clock: HandClock
) -> None:
    """K32: 0 bytes of it in the file, its log and its free pages."""
    store.attach(case_id, WANG, OTHER, BOOKLET, ROOMY)
    sealed = store._db.execute("SELECT sealed FROM attachment").fetchone()[0]
    assert in_files(tmp_path, sealed[-60:])
    store.complete(case_id, WANG, 1, "批了")
    store.tell(case_id, WANG, "电话")
    clock.forward(days=91)
    assert store.erase(store.times({}).due) == 1
    assert not in_files(tmp_path, sealed[-60:]) and not in_files(tmp_path, sealed[:60])
    assert checked(store, tmp_path).good


def test_a_backup_holds_the_copies_and_no_key_to_them(store: Store, case_id: str, tmp_path: Path) -> None:
    store.attach(case_id, WANG, OTHER, BOOKLET, ROOMY)
    sealed = store._db.execute("SELECT sealed FROM attachment").fetchone()[0]
    backup = store.back_up(tmp_path / "state", tmp_path / "backups")
    assert in_files(backup.folder, sealed[-60:]) and not in_files(backup.folder, BOOKLET.content[:40])


def test_what_is_held_of_a_person_counts_the_copies_and_names_the_looks(store: Store, case_id: str) -> None:
    """PIPL 45."""
    store.attach(case_id, WANG, OTHER, BOOKLET, ROOMY)
    store.look_at(case_id, WANG, 1)
    held = store.held_beside(case_id)
    assert held is not None
    (case,) = held.cases
    assert case.copies == 1 and [look.what for look in case.looks] == ["material/other"]


def test_a_wrong_copy_is_left_out_and_gone_while_its_line_stays(
    store: Store, case_id: str, tmp_path: Path
) -> None:
    """K32: 0 bytes of it in the file and its free pages; K41: the books hold together."""
    store.note_material(case_id, WANG, "id-card", Standing.SEEN)
    store.attach(case_id, WANG, "id-card", BOOKLET, ROOMY)
    store.attach(case_id, WANG, "id-card", BOOKLET, ROOMY)
    sealed = store._db.execute("SELECT sealed FROM attachment WHERE n = 1").fetchone()[0]
    store.leave_out(case_id, WANG, 1)
    store.tidy()
    assert not in_files(tmp_path, sealed[-60:])
    assert [one.n for one in store.attachments(case_id)] == [2]
    assert store.case(case_id).standings == {"id-card": Standing.KEPT}
    assert checked(store, tmp_path).good
    store.leave_out(case_id, WANG, 2)
    assert store.case(case_id).standings == {"id-card": Standing.SEEN}
    told = [(event.kind, event.note, event.actor) for event in store.case(case_id).events[-1:]]
    assert told == [("left_out", "2/id-card", WANG.name)]
    held = store.held_beside(case_id)
    assert held is not None and held.cases[0].copies == 0


def test_a_copy_that_was_left_out_is_not_shown_not_left_out_twice_and_its_number_is_not_given_again(
    store: Store, case_id: str
) -> None:
    store.attach(case_id, WANG, OTHER, BOOKLET, ROOMY)
    store.leave_out(case_id, WANG, 1)
    for act in (lambda: store.look_at(case_id, WANG, 1), lambda: store.leave_out(case_id, WANG, 1)):
        with pytest.raises(IllegalMove) as refused:
            act()
        assert refused.value.why is Why.UNKNOWN
    assert store.attach(case_id, WANG, OTHER, BOOKLET, ROOMY) == 2


def test_a_copy_that_is_emptied_or_put_back_behind_the_program_is_found(
    store: Store, case_id: str, tmp_path: Path
) -> None:
    """K41: only a line makes a copy go, and then it has to be gone."""
    store.attach(case_id, WANG, OTHER, BOOKLET, ROOMY)
    sealed = store._db.execute("SELECT sealed FROM attachment").fetchone()[0]
    store._db.execute("UPDATE attachment SET sealed = X''")
    store._db.conn.commit()
    assert [found.fault.what for found in checked(store, tmp_path).faults] == ["attachment"]
    store._db.execute("UPDATE attachment SET sealed = ?", (sealed,))
    store._db.conn.commit()
    store.leave_out(case_id, WANG, 1)
    store._db.execute("UPDATE attachment SET sealed = ?", (sealed,))
    store._db.conn.commit()
    assert [found.fault.what for found in checked(store, tmp_path).faults] == ["attachment"]


def test_what_is_left_out_makes_room_again(store: Store, case_id: str) -> None:
    large = Copy(Kind.PDF, b"%PDF-" + bytes(700_000))
    store.attach(case_id, WANG, OTHER, large, 1)
    store.leave_out(case_id, WANG, 1)
    assert store.attach(case_id, WANG, OTHER, large, 1) == 2


def test_a_picture_of_the_residents_own_does_not_say_how_the_paper_stands(store: Store, case_id: str) -> None:
    sent = application()
    other = store.submit(replace(sent, id="case-of-papers"), (Brought("id-card", BOOKLET),)).case_id
    store.claim(other, WANG)
    assert store.case(other).standings == {}
    store.attach(other, WANG, "id-card", BOOKLET, ROOMY)
    store.leave_out(other, WANG, 1)
    assert store.case(other).standings == {"id-card": Standing.KEPT}
    store.leave_out(other, WANG, 2)
    assert store.case(other).standings == {}
