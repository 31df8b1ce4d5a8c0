"""Whoever acts for somebody agrees as who they are; what was agreed to otherwise is asked again (K35)."""

from __future__ import annotations

import pytest

from kiosk.flow.moves import Choose
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Sitting
from tests.flow.residents import WORLD, begun, led, moved

ID_DATA = "consent:id-data"


def words(sitting: Sitting) -> str:
    return " ".join(text.show("zh") for text in page_of(sitting, WORLD).body)


def at_consent(who: str) -> Sitting:
    """Without a card, so that the number is asked for."""
    return led(begun(None), {"question:who": Choose(who)}, until=ID_DATA)


@pytest.mark.parametrize(("who", "said"), [("self", "我单独同意"), ("family", "我替老人单独同意")])
def test_each_agrees_in_words_that_fit_them(who: str, said: str) -> None:
    assert said in words(at_consent(who))


def test_before_it_is_known_the_words_fit_everybody() -> None:
    use = led(begun(None), {}, until="consent:use")
    assert "帮我" not in words(use) and "我替" not in words(use)


def test_who_turns_out_to_act_for_somebody_is_asked_again_in_those_words() -> None:
    """What was agreed to as one's own is not kept as agreed to for another."""
    agreed = moved(at_consent("self"), Choose("yes"))
    assert agreed.given.answers[ID_DATA].value == "yes"
    other = moved(agreed.go("question:who"), Choose("family"))
    assert ID_DATA not in other.given.answers
    assert other.given.answers["consent:use"].value == "yes"
    same = moved(agreed.go("question:who"), Choose("self"))
    assert ID_DATA in same.given.answers
