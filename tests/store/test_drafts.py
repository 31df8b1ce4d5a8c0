"""Drafts: they survive, they wait for one person only, and not for long (K32)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from kiosk.store import Store
from tests.store.people import GUIFANG, MONDAY, NAME, HandClock, draft


def test_a_kept_draft_is_offered_to_the_same_person_after_a_restart(
    store: Store, reopen: Callable[[], Store]
) -> None:
    saved = draft("d1")
    store.save_draft(saved)
    assert reopen().find_draft(GUIFANG, MONDAY) == saved


def test_nobody_else_is_offered_it(store: Store) -> None:
    store.save_draft(draft("d1"))
    assert store.find_draft("b2" * 32, MONDAY) is None


def test_a_draft_nobody_agreed_to_keep_is_never_offered(store: Store) -> None:
    store.save_draft(draft("d1", keep=False))
    assert store.find_draft(GUIFANG, MONDAY) is None


def test_after_a_day_it_is_gone(store: Store) -> None:
    store.save_draft(draft("d1"))
    assert store.find_draft(GUIFANG, MONDAY + timedelta(hours=23, minutes=59)) is not None
    assert store.find_draft(GUIFANG, MONDAY + timedelta(hours=24)) is None


def test_each_answer_replaces_the_version_before(store: Store) -> None:
    store.save_draft(draft("d1", keep=False, person_key=None))
    later = draft("d1", at=MONDAY + timedelta(minutes=1))
    store.save_draft(later)
    assert store.find_draft(GUIFANG, MONDAY) == later


def test_the_newest_of_two_forms_is_offered(store: Store) -> None:
    store.save_draft(draft("d1"))
    store.save_draft(draft("d2", at=MONDAY + timedelta(minutes=1)))
    found = store.find_draft(GUIFANG, MONDAY)
    assert found is not None
    assert found.id == "d2"


def test_dropping_a_draft_is_final(store: Store) -> None:
    store.save_draft(draft("d1"))
    store.drop_draft("d1")
    assert store.find_draft(GUIFANG, MONDAY) is None


def test_the_sweep_leaves_no_byte_of_what_nobody_agreed_to_keep(store: Store, clock: HandClock) -> None:
    """K32: 0 personal strings in what is left on the disk."""
    for n in range(20):
        store.save_draft(draft(f"unkept-{n}", keep=False))
    clock.forward(hours=1)
    assert store.sweep_drafts(clock.now()) == 20
    folder = store._db.execute("PRAGMA database_list").fetchone()["file"]
    for suffix in ("", "-wal"):
        with open(folder + suffix, "rb") as file:
            assert NAME.encode() not in file.read()


def test_the_sweep_keeps_what_is_young_and_agreed(store: Store) -> None:
    store.save_draft(draft("young"))
    store.save_draft(draft("old", at=MONDAY - timedelta(hours=25)))
    store.save_draft(draft("unkept", keep=False))
    assert store.sweep_drafts(MONDAY) == 2
    found = store.find_draft(GUIFANG, MONDAY)
    assert found is not None
    assert found.id == "young"
