"""An answer at the desk: hidden until it is asked for, and then whole."""

from __future__ import annotations

from kiosk.cases.submission import AnswerRecord
from kiosk.flow.source import Source
from kiosk.text import Privacy
from screens.desk.answers import hidden, in_full, masked


def answer(value: str, shown: str) -> AnswerRecord:
    words = {"zh": shown, "en": shown}
    return AnswerRecord("x", {"zh": "x", "en": "x"}, value, words, Source.RESIDENT, Privacy.PRIVATE)


def test_a_number_keeps_its_first_three_and_last_two() -> None:
    """K26."""
    phone = answer("13900000000", "139******00")
    assert hidden(phone) and masked(phone) == "139******00"
    assert in_full(phone, "zh") == "13900000000"


def test_nothing_of_a_list_is_seen_before_it_is_asked_for_and_then_its_words() -> None:
    """K26."""
    people = answer('[{"person": "李梅", "number": "13900000000"}]', "1项：李梅 13900000000")
    assert masked(people) == "*****"
    assert in_full(people, "zh") == "1项：李梅 13900000000"
