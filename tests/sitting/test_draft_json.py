"""An unfinished application goes into the store and comes back as it was."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from kiosk.flow.path import Answer, Given
from kiosk.flow.source import Source
from kiosk.sitting.draft import from_json, to_json
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
    assert from_json(json.dumps({**body, "form": 2})) is None
