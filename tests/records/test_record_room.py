"""Whose answer is whose: only the newest question counts, and only for the application it was asked for."""

from __future__ import annotations

from kiosk.flow.records import RecordKey, RecordNews, RecordState
from kiosk.sitting.record_room import RecordAsked, RecordRoom
from kiosk.text import same
from tests.records.conftest import GUIFANG, SHULAN, of


class Prompt:
    """An office that answers at once."""

    def __init__(self) -> None:
        self.asked = 0

    def look_up(self, question: str, source: str, key: RecordKey) -> RecordNews:
        self.asked += 1
        return RecordNews(question, RecordState.NOTHING, source, same("record"))


def asked(application: str = "one", number: str = GUIFANG) -> RecordAsked:
    return RecordAsked(application, "record", "pension", of(number))


def answer(room: RecordRoom, question: RecordAsked) -> RecordNews:
    news = room.ask(question)
    assert news is not None
    return news


def test_an_answer_counts_once() -> None:
    room = RecordRoom(Prompt())
    news = answer(room, asked())
    assert room.expects(news, asked())
    assert not room.expects(news, asked())


def test_the_answer_about_another_card_is_for_nobody() -> None:
    """The same page of the same application, with another person's card laid meanwhile."""
    room = RecordRoom(Prompt())
    his = asked(number=SHULAN)
    older, newer = answer(room, asked()), answer(room, his)
    assert not room.expects(older, his)
    assert room.expects(newer, his)


def test_the_answer_for_an_application_that_is_closed_is_for_nobody() -> None:
    room = RecordRoom(Prompt())
    assert not room.expects(answer(room, asked("one")), asked("two"))


def test_the_answer_under_a_code_that_was_changed_meanwhile_is_for_nobody() -> None:
    """Nothing newer was asked yet: the person stands on a page between the code and the record."""
    room = RecordRoom(Prompt())
    news = answer(room, asked(number=GUIFANG))
    assert not room.expects(news, asked(number=SHULAN))


def test_what_is_being_asked_is_not_asked_again() -> None:
    office = Prompt()
    room = RecordRoom(office)
    answer(room, asked())
    assert room.ask(asked()) is None
    assert office.asked == 1


def test_a_question_shows_no_number() -> None:
    assert "990101" not in repr(asked())
