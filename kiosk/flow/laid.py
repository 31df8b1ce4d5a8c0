"""A card is laid, lifted, or cannot be read: what that means on each page. No answer is lost by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.flow import newcomer
from kiosk.flow.cards import AT_CARDS, another_card
from kiosk.flow.fields.dates import date_text
from kiosk.flow.holders import is_document, same_but_surer, same_card, slot_of
from kiosk.flow.house import BEFORE_HOME, about_the_reader, blocked
from kiosk.flow.moves import CardLaid, CardLifted, MemberLaid, Overlay, ReaderSays, Remark
from kiosk.flow.proof import VALID_TO, MemberCard, expired
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.flow.source import CardFields, Slot
from kiosk.flow.walking import onto_path
from kiosk.text import Text

_BESIDE = {
    "query-card": "query-cases",
    "query": "query",
    "query-records": "query-records",
    "held-card": "held",
}
"""Where an identity card that comes late leads on from, apart from an application."""

_CARD_LIES = {"card.hold_still", "card.not_an_id_card", "card.bad_read"}
"""What the reader says of an identity card on it."""
_SOCIAL_CARD_LIES = {"card.social_not_one", "card.social_silent", "card.social_empty"}
"""The same of a social security card."""


def card_laid(sitting: Sitting, move: CardLaid, world: World) -> Turn:
    """A card on the reader: a greeting before home, the other person's card inside an application."""
    card = move.fields
    slot = slot_of(card)
    if unread := _not_now(sitting, slot):
        return Turn(unread)
    here = replace(
        _woken(sitting),
        card_lying=sitting.card_lying | slot,
        lying=card,
        card_trouble="",
        failed_reads=0,
    )
    if sitting.place in BEFORE_HOME:
        return _told(_greeted(here, card), card, world)
    if sitting.receipt is not None:
        return Turn(_beside_receipt(here, card))
    if sitting.card is None or same_but_surer(sitting.card, card):
        return _told(_counts(here, card, world), card, world, *_late(here, card, world))
    if same_card(sitting.card, card):
        return _own_again(here, card, world)
    return _anothers(here, card, world)


def lifted(sitting: Sitting, move: CardLifted) -> Turn:
    """It is gone. Nothing else changes by that: no answer, no page, and the visit goes on."""
    lying, left = sitting.card_lying & ~move.slot, sitting.card_left & ~move.slot
    gone = replace(sitting, card_lying=lying, card_left=left)
    if sitting.lying is None or slot_of(sitting.lying) is move.slot:
        gone = replace(gone, lying=None, stranger=False)
    if not about_the_reader(sitting.card_trouble):
        gone = replace(gone, card_trouble="")
    if sitting.place == "goodbye" and not lying:
        return Turn(gone, (Errand.END,))
    return Turn(gone.go("welcome") if sitting.place == "card-left" and not blocked(gone) else gone)


def reader_says(sitting: Sitting, move: ReaderSays) -> Turn:
    """What is to be done about the card that lies there, or about the reader."""
    slot = lies_at(move.key)
    if sitting.place == "goodbye":
        return Turn(replace(sitting, card_lying=sitting.card_lying | slot))
    failed = sitting.failed_reads + 1 if slot else sitting.failed_reads
    lying = sitting.card_lying | slot
    said = replace(sitting, card_trouble=move.key, card_lying=lying, failed_reads=failed)
    if sitting.card_left:
        said = replace(said, card_left=sitting.card_left | slot)
    return Turn(said.go("welcome") if sitting.place == "card-left" and not blocked(said) else said)


def member_laid(sitting: Sitting, move: MemberLaid, world: World) -> Turn:
    """A member card is known for the rest of the visit, the last one where there were several."""
    if unread := _not_now(sitting, Slot.MEMBER):
        return Turn(unread)
    again = sitting.member is not None
    known = replace(
        _woken(sitting),
        card_lying=sitting.card_lying | Slot.MEMBER,
        member=MemberCard(move.number),
    )
    if sitting.place in BEFORE_HOME:
        return Turn(known.go("card"))
    known = onto_path(known, world)
    return Turn(known) if again else Turn(replace(known, told=(world.texts["card.member_seen"],)))


def remark(sitting: Sitting, move: Remark, world: World) -> Turn:
    """Told once, on the page the person is on. The page at rest is nobody's: there it leads to the card's."""
    if sitting.card_left or sitting.place == "goodbye":
        return Turn(sitting)
    here = _woken(sitting)
    here = here.go("card") if sitting.place in BEFORE_HOME else here
    return Turn(replace(here, told=(world.texts[move.key],)))


def lies_at(key: str) -> Slot:
    """Where the card lies that this is about; NONE where it is about the reader itself."""
    if key in _SOCIAL_CARD_LIES:
        return Slot.SOCIAL
    return Slot.IDENTITY if key in _CARD_LIES else Slot.NONE


def _not_now(sitting: Sitting, slot: Slot) -> Sitting | None:
    """While the last person's card lies there, and at goodbye, a card is only something to be taken away."""
    if sitting.card_left:
        return replace(sitting, card_lying=sitting.card_lying | slot, card_left=sitting.card_left | slot)
    return replace(sitting, card_lying=sitting.card_lying | slot) if sitting.place == "goodbye" else None


def _woken(sitting: Sitting) -> Sitting:
    """Whoever lays a card is still there."""
    return replace(sitting, overlay=Overlay.NONE) if sitting.overlay is Overlay.IDLE else sitting


def _greeted(sitting: Sitting, card: CardFields) -> Turn:
    """Home, by name; or from the social security card to the page that waits for the better one."""
    return Turn(replace(sitting, card=card).go("home"), (Errand.LOOK_UP_CARD,))


def _counts(sitting: Sitting, card: CardFields, world: World) -> Turn:
    """The card comes out in the middle: what it says is not asked any more. What was handed in stays so."""
    applying = bool(sitting.service)
    given = replace(sitting.given, first_card=card) if applying else sitting.given
    stays = applying or not is_document(card)
    place = _BESIDE.get(sitting.place, "home") if not stays else sitting.place
    shut = sitting.guarded and not is_document(card)
    known = replace(sitting, card=card, given=given, newcomer=None, guarded=shut)
    return Turn(onto_path(known if stays else known.go(place), world), (Errand.LOOK_UP_CARD,))


def _own_again(sitting: Sitting, card: CardFields, world: World) -> Turn:
    """The card that began the visit: whatever was asked of another one is settled."""
    if sitting.place.startswith(AT_CARDS) and sitting.newcomer is None:
        return another_card(sitting, card, world)
    if not sitting.guarded or not is_document(card):
        return Turn(replace(sitting, newcomer=None))
    given = sitting.given
    if sitting.service and given.first_card is None:
        given = replace(given, first_card=card)
    open_again = onto_path(replace(sitting, newcomer=None, guarded=False, given=given), world)
    place = _BESIDE.get(sitting.place, sitting.place)
    return Turn(open_again if place == sitting.place else open_again.go(place), (Errand.LOOK_UP_CARD,))


def _anothers(sitting: Sitting, card: CardFields, world: World) -> Turn:
    """Somebody else's: the other person of this application, or it is asked whose it is."""
    other = sitting.given.other_card
    if sitting.service and same_but_surer(other, card):
        given = replace(sitting.given, other_card=card)
        return Turn(onto_path(replace(sitting, given=given), world), (Errand.SAVE_DRAFT,))
    if sitting.service and sitting.place.startswith(AT_CARDS):
        return _told(another_card(sitting, card, world), card, world)
    if same_card(other if sitting.service else sitting.helped, card):
        return Turn(replace(sitting, newcomer=None))
    return Turn(newcomer.asked(sitting, card))


def _beside_receipt(sitting: Sitting, card: CardFields) -> Sitting:
    """The receipt stays to be read; what comes after it is the first person's only with their card."""
    if _is_stranger(sitting, card):
        return replace(newcomer.guarded(sitting), stranger=True)
    own = is_document(card) and same_card(sitting.card, card)
    return replace(sitting, stranger=False, guarded=sitting.guarded and not own)


def _is_stranger(sitting: Sitting, card: CardFields) -> bool:
    """Is it neither the card that began the visit nor the other one of this application?"""
    known = (sitting.card, sitting.given.other_card)
    return sitting.card is not None and not any(same_card(one, card) for one in known if one)


def _late(sitting: Sitting, card: CardFields, world: World) -> tuple[Text, ...]:
    """Answers that fill themselves, and a page that turns by itself, need a word."""
    return (world.texts["card.read_late"],) if sitting.service and is_document(card) else ()


def _told(made: Turn, card: CardFields, world: World, *first: Text) -> Turn:
    """With what the person should know of this card, once and kindly."""
    told = (*first, *_of_its_kind(card, world), *_of_its_day(card, world))
    return replace(made, sitting=replace(made.sitting, told=told)) if told else made


def _of_its_kind(card: CardFields, world: World) -> tuple[Text, ...]:
    return () if is_document(card) else (world.texts["card.social_seen"],)


def _of_its_day(card: CardFields, world: World) -> tuple[Text, ...]:
    """A card that has run out is used all the same."""
    if not expired(card, world.today):
        return ()
    day = date_text(date.fromisoformat(card[VALID_TO]))
    return (world.texts.text("card.run_out", date=day),)
