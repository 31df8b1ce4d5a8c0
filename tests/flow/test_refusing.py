"""Whoever does not agree is served all the same (K35)."""

from __future__ import annotations

from kiosk.flow.moves import Choose
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Sitting
from tests.flow.residents import AT_EIGHTY, WORLD, begun, led, moved


def refusing(consent: str) -> Sitting:
    """On the page after a no to this consent; paid on a bank card, where it comes to that."""
    bank = {**AT_EIGHTY, "question:account": Choose("bank")}
    return moved(led(begun(None), bank, f"consent:{consent}"), Choose("no"))


def offered(sitting: Sitting) -> list[str]:
    return [choice.id for choice in page_of(sitting, WORLD).choices]


def test_who_keeps_their_bank_card_to_themselves_is_shown_the_way_without_it() -> None:
    """K35: the money can go to the social security card, for which nothing is agreed to."""
    refused = refusing("account-data")
    assert offered(refused) == ["other", "again", "person", "leave"]
    again = moved(refused, Choose("other"))
    assert again.place == "question:account"
    on = moved(again, Choose("sscard"))
    assert "account-data" not in on.path(WORLD).consents
    assert on.path(WORLD).last.kind != "refused"


def test_who_chooses_the_bank_card_after_all_is_asked_anew() -> None:
    """A no of before does not stand in the way."""
    bank_again = moved(refusing("account-data"), Choose("other"), Choose("bank"))
    assert bank_again.place == "consent:account-data"


def test_no_other_way_is_promised_where_there_is_none() -> None:
    """The number of the card is needed for everybody."""
    assert offered(refusing("use")) == ["again", "person", "leave"]
    assert "换一种" not in page_of(refusing("use"), WORLD).body[0].show("zh")
