"""Whose answer is whose: only the newest question counts, and only for the application it was asked for."""

from __future__ import annotations

from kiosk.flow.records import RecordNews, RecordState
from kiosk.sitting.record_room import RecordAsked, RecordRoom
from kiosk.text import same


class Prompt:
    """An office that answers at once."""

    def __init__(self) -> None:
        self.asked = 0

    def look_up(self, question: str, source: str, number: str) -> RecordNews:
        self.asked += 1
        return RecordNews(question, RecordState.NOTHING, source, same("record"))


def asked(application: str = "one", number: str = "990101194403050029") -> RecordAsked:
    return RecordAsked(application, "record", "pension", number)


def answer(room: RecordRoom, question: RecordAsked) -> RecordNews:
    news = room.ask(question)
    assert news is not None
    return news


def test_an_answer_counts_once() -> None:
    room = RecordRoom(Prompt())
    news = answer(room, asked())
    assert room.expects(news, "one")
    assert not room.expects(news, "one")


def test_the_answer_about_another_card_is_for_nobody() -> None:
    """The same page of the same application, with another person's card laid meanwhile."""
    room = RecordRoom(Prompt())
    older, newer = answer(room, asked()), answer(room, asked(number="990101195105060039"))
    assert not room.expects(older, "one")
    assert room.expects(newer, "one")


def test_the_answer_for_an_application_that_is_closed_is_for_nobody() -> None:
    room = RecordRoom(Prompt())
    assert not room.expects(answer(room, asked("one")), "two")


def test_what_is_being_asked_is_not_asked_again() -> None:
    office = Prompt()
    room = RecordRoom(office)
    answer(room, asked())
    assert room.ask(asked()) is None
    assert office.asked == 1


def test_a_question_shows_no_number() -> None:
    assert "990101" not in repr(asked())
