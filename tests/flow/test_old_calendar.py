"""A date in three boxes, in either calendar; what was understood is read back for a yes."""

from __future__ import annotations

from kiosk.flow.answering import OLD_CALENDAR
from kiosk.flow.moves import Back, Choose, Enter, NextLanguage
from kiosk.flow.page import PageKind, Role
from kiosk.flow.sitting import Sitting
from kiosk.text import Privacy
from tests.flow.every_kind import asked, choices, done, page, value

BORN = "question:birth_date"


def read_back() -> Sitting:
    return done(asked("birth_date"), Choose(OLD_CALENDAR), Enter("1944 2 11"))


def test_a_date_has_three_boxes_and_a_switch_for_the_old_calendar() -> None:
    shown = page(asked("birth_date"))
    assert shown.entry is not None
    assert [box.show("zh") for box in shown.entry.boxes] == ["年", "月", "日"]
    assert choices(asked("birth_date"))[OLD_CALENDAR].role is Role.TOGGLE


def test_the_switch_is_seen_to_be_on_and_goes_off_again() -> None:
    on = done(asked("birth_date"), Choose(OLD_CALENDAR))
    assert choices(on)[OLD_CALENDAR].chosen
    off = done(on, Choose(OLD_CALENDAR))
    assert value(done(off, Enter("1944 3 5")), "birth_date") == "1944-03-05"


def test_a_date_of_the_old_calendar_counts_only_after_a_yes() -> None:
    asking = read_back()
    assert asking.place == BORN
    assert value(asking, "birth_date") is None
    shown = page(asking)
    assert shown.kind is PageKind.CHOICE and shown.entry is None
    assert "1944年3月5日" in shown.heading.show("zh") and "5 March 1944" in shown.heading.show("en")
    assert value(done(asking, Choose("yes")), "birth_date") == "1944-03-05"


def test_what_is_read_back_is_as_private_as_the_question() -> None:
    """K26: a birth date is not for the whole room."""
    assert page(read_back()).heading.privacy is Privacy.MASKED


def test_no_and_back_lead_to_the_field_with_what_was_typed() -> None:
    """K09."""
    for move in (Choose("no"), Back()):
        again = done(read_back(), move)
        shown = page(again)
        assert again.place == BORN and shown.entry is not None
        assert shown.entry.value == "1944 2 11"
        assert choices(again)[OLD_CALENDAR].chosen


def test_an_empty_field_stays_an_empty_field_in_the_old_calendar() -> None:
    empty = done(asked("birth_date"), Choose(OLD_CALENDAR), Enter("  "))
    assert empty.refused is not None
    assert page(empty).error is not None


def test_another_language_reads_the_same_back() -> None:
    other = done(read_back(), NextLanguage())
    assert page(other) == page(read_back())


def test_an_enter_on_the_page_that_asks_changes_nothing() -> None:
    assert done(read_back(), Enter("")) == read_back()


def test_a_solar_date_needs_no_reading_back() -> None:
    assert value(done(asked("birth_date"), Enter("1944 3 5")), "birth_date") == "1944-03-05"


def test_the_question_about_a_thing_of_a_list_reads_back_too() -> None:
    since = done(asked("contacts"), Choose("add"), Enter("李梅"), Enter("13900000001"))
    asking = done(since, Choose(OLD_CALENDAR), Enter("1980 1 1"))
    assert "1980年2月16日" in page(asking).heading.show("zh")
    assert "1980-02-16" in (value(done(asking, Choose("yes")), "contacts") or "")
