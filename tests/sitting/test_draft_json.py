"""An unfinished application goes into the store and comes back as it was."""

from __future__ import annotations

import json
from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.path import Answer, Given
from kiosk.flow.records import RecordLine, RecordNews, RecordState
from kiosk.flow.source import Source
from kiosk.sitting.draft import from_json, to_json
from kiosk.text import LANGUAGES, Privacy, Text
from tests.flow.residents import DEHOU, GUIFANG, every_journey

WORDS = st.text(st.characters(exclude_categories=["Cs"]))
ANSWERS = st.dictionaries(WORDS, st.builds(Answer, WORDS, st.sampled_from(list(Source))))


@given(answers=ANSWERS, other=st.none() | st.dictionaries(WORDS, WORDS))
def test_every_answer_comes_back_with_its_source(
    answers: dict[str, Answer], other: dict[str, str] | None
) -> None:
    given_before = Given(answers, other_card=other)
    assert from_json(to_json(given_before)) == given_before


def test_every_way_through_a_service_comes_back() -> None:
    for journey in every_journey("elderly-allowance")[::11]:
        back = from_json(to_json(journey.end.given))
        assert back is not None
        assert back.answers == journey.end.given.answers
        assert back.other_card == journey.end.given.other_card


def test_the_own_card_and_confirmations_are_not_in_it() -> None:
    """The card is laid again to open it, and it is checked and signed again."""
    body = to_json(Given({}, first_card=GUIFANG, other_card=DEHOU, marks={"check": "digest"}))
    assert GUIFANG["id_number"] not in body
    assert DEHOU["id_number"] in body
    assert "digest" not in body


def test_a_draft_in_another_form_is_not_offered() -> None:
    body = json.loads(to_json(Given()))
    for form in (1, 3):
        assert from_json(json.dumps({**body, "form": form})) is None


TEXTS = st.builds(
    Text, st.dictionaries(st.sampled_from(LANGUAGES), WORDS), privacy=st.sampled_from(list(Privacy))
)
NEWS = st.builds(
    RecordNews,
    question=WORDS,
    state=st.sampled_from(list(RecordState)),
    source=WORDS,
    title=TEXTS,
    lines=st.lists(st.builds(RecordLine, TEXTS, TEXTS), max_size=3).map(tuple),
    at=st.none() | st.datetimes(timezones=st.just(UTC)),
    as_of=st.none() | st.dates(),
)


@given(news=st.lists(NEWS, max_size=3), by_hand=st.frozensets(WORDS))
def test_what_records_said_and_what_was_changed_by_hand_comes_back(
    news: list[RecordNews], by_hand: frozenset[str]
) -> None:
    given_before = Given(by_hand=by_hand, records={one.question: one for one in news})
    assert from_json(to_json(given_before)) == given_before


def test_what_is_half_given_comes_back() -> None:
    """A thing of a list that is not finished, ticks that are not done, a region without its street."""
    half = {
        "goods/1/thing": Answer("大米"),
        "question:need": Answer("meals"),
        "question:home": Answer("9901"),
    }
    assert from_json(to_json(Given(half))) == Given(half)
