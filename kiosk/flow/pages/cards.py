"""What pages say of cards: whose it is, what is wrong with it, and whose another one may be."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from kiosk.flow.laid import lies_at
from kiosk.flow.newcomer import HELP, INSTEAD, MISTAKE, NEXT, for_one, role_of, ways
from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.flow.pages.parts import call_person
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.source import CardFields
from kiosk.text import Catalogue, Privacy, Text, same

MOST_FAILED_READS = 3
"""Cards in a row that could not be read, after which a person is offered (K34)."""

_UNDRAWN = {"Co", "Cn", "Cs"}
"""Signs of nobody's font: rare characters that an older code had and Unicode has elsewhere."""


def card_trouble(sitting: Sitting, world: World) -> Text | None:
    """What is to be done about the card that lies there; nothing of the reader itself."""
    return card_error(sitting, world) if lies_at(sitting.card_trouble) else None


def card_error(sitting: Sitting, world: World) -> Text | None:
    """What is to be done about card or reader, on a page that waits for a card."""
    if not sitting.card_trouble:
        return None
    still = sitting.failed_reads >= MOST_FAILED_READS
    return world.texts["card.still" if still else sitting.card_trouble]


def person_offered(sitting: Sitting, world: World) -> tuple[Choice, ...]:
    """Somebody to help, where card after card could not be read."""
    return (call_person(world.texts),) if sitting.failed_reads >= MOST_FAILED_READS else ()


def name_on(card: CardFields, texts: Catalogue) -> Text | None:
    """The name as it can be shown; None where there is none, or it has a sign that cannot be drawn."""
    name = card.get("name", "")
    return same(name, Privacy.MASKED) if name and not undrawn(name) else None


def surname_on(card: CardFields, texts: Catalogue) -> Text | None:
    """The family name with stars, where others may look at the screen: whoever stands there knows the rest.
    None as with the whole name."""
    name = name_on(card, texts)
    if name is None:
        return None
    whole = name.show("zh")
    return same(whole[0] + "*" * min(len(whole) - 1, 2), Privacy.MASKED)


def undrawn(words: str) -> bool:
    """Is there a sign in it that would be an empty box?"""
    return any(unicodedata.category(sign) in _UNDRAWN for sign in words)


def readable(text: Text, texts: Catalogue) -> Text:
    """The same with "see the card" for each sign that cannot be drawn."""
    if not any(undrawn(words) for words in text.shown.values()):
        return text
    hint = texts["card.see"]

    def seen(words: str, language: str) -> str:
        return "".join(hint.show(language) if undrawn(sign) else sign for sign in words)

    shown = {language: seen(text.show(language), language) for language in hint.shown}
    return replace(text, shown=shown, said={}, parts=())


def newcomer_page(sitting: Sitting, world: World) -> Page:
    """Another card was laid: whose is it? Nothing of the page under it, nor of the first person, is there."""
    texts, card = world.texts, sitting.newcomer or {}
    name = surname_on(card, texts)
    heading = texts.text("second_card.heading", name=name) if name else texts["second_card.unnamed"]
    one = for_one(sitting, world)
    said = [Choice(way, texts[_label(way, sitting, one=one)], Role.ANSWER) for way in ways(sitting, world)]
    body = [texts["second_card.one_person"]] if one else []
    if sitting.service and not sitting.keep:
        body.append(texts["second_card.not_kept"])
    return Page(
        f"second_card@{sitting.place}",
        PageKind.CHOICE,
        heading,
        tuple(body),
        tuple(said),
        banner=world.centre,
        help=(texts["second_card.help"],),
    )


def _label(way: str, sitting: Sitting, *, one: bool) -> str:
    keys = {NEXT: "second_card.next", INSTEAD: "second_card.instead"}
    keys[HELP] = f"whose.{role_of(sitting)}"
    keys[MISTAKE] = "second_card.first_one" if one else "second_card.mistake"
    return keys[way]
