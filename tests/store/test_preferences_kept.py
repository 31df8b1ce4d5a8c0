"""Settings kept with a person's card: theirs alone, as agreed, and gone when they stay away (K33)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from kiosk.store import Store, open_store
from kiosk.store.migrations import MIGRATIONS
from kiosk.store.preferences import KeptPreferences
from kiosk.store.schema import migrate
from kiosk.store.sqlite import connect
from tests.store.people import GUIFANG, MONDAY, HandClock, application, shipped_calendar

YEAR = timedelta(days=365)
AGREED = {"zh": "我同意记住这些设置。", "en": "I agree that these settings are remembered."}


def liked(body: str = '{"speed":6}') -> KeptPreferences:
    return KeptPreferences(GUIFANG, body, MONDAY, AGREED)


def test_what_was_agreed_to_is_there_after_a_restart_with_the_words_of_the_yes(
    store: Store, reopen: Callable[[], Store]
) -> None:
    store.keep_preferences(liked())
    assert reopen().find_preferences(GUIFANG, MONDAY, YEAR) == liked()


def test_nobody_else_gets_them(store: Store) -> None:
    store.keep_preferences(liked())
    assert store.find_preferences("b2" * 32, MONDAY, YEAR) is None


def test_the_newest_yes_counts(store: Store) -> None:
    store.keep_preferences(liked())
    store.keep_preferences(liked('{"speed":2}'))
    found = store.find_preferences(GUIFANG, MONDAY, YEAR)
    assert found is not None
    assert found.body == '{"speed":2}'


def test_forgetting_is_final_and_forgetting_nothing_is_nothing(store: Store) -> None:
    store.forget_preferences(GUIFANG)
    store.keep_preferences(liked())
    store.forget_preferences(GUIFANG)
    assert store.find_preferences(GUIFANG, MONDAY, YEAR) is None


def test_whoever_stays_away_a_year_is_forgotten(store: Store) -> None:
    store.keep_preferences(liked())
    assert store.find_preferences(GUIFANG, MONDAY + timedelta(days=365), YEAR) is None
    assert store.sweep_preferences(MONDAY + timedelta(days=364), YEAR) == 0
    assert store.sweep_preferences(MONDAY + timedelta(days=365), YEAR) == 1


def test_each_visit_begins_the_year_anew(store: Store) -> None:
    store.keep_preferences(liked())
    assert store.find_preferences(GUIFANG, MONDAY + timedelta(days=300), YEAR) is not None
    assert store.sweep_preferences(MONDAY + timedelta(days=600), YEAR) == 0
    assert store.find_preferences(GUIFANG, MONDAY + timedelta(days=600), YEAR) is not None


def test_what_was_forgotten_is_in_no_file_after_the_next_quiet_moment(
    bare_store: Store, tmp_path: Path
) -> None:
    """K32: not even how loud somebody hears."""

    def is_there() -> bool:
        return any(b"only-here" in path.read_bytes() for path in (tmp_path / "state").iterdir())

    bare_store.keep_preferences(liked('{"mark":"only-here"}'))
    assert is_there()
    bare_store.forget_preferences(GUIFANG)
    bare_store.tidy()
    assert not is_there()


def test_they_show_nothing_when_printed() -> None:
    """K46."""
    assert "speed" not in repr(liked())
    assert GUIFANG not in repr(liked())


def test_a_store_from_before_settings_were_kept_goes_on(tmp_path: Path, clock: HandClock) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    db = connect(folder / "store.sqlite3")
    migrate(db, MONDAY.isoformat(), MIGRATIONS[:4])
    db.close()
    store = open_store(folder, clock=clock, calendar=shipped_calendar())
    store.submit(application())
    assert store.find_preferences(GUIFANG, MONDAY, YEAR) is None
    store.keep_preferences(liked())
    assert store.find_preferences(GUIFANG, MONDAY, YEAR) == liked()
    store.close()
