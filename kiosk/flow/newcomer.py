"""Another person's card in the middle of a visit: whose is it? Only the people there know."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.house import next_person
from kiosk.flow.moves import Back, Choose, Move, Overlay
from kiosk.flow.path import StepKind
from kiosk.flow.remembering import another_persons
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.flow.source import CardFields, Source
from kiosk.flow.walking import noted, onto_path, put_away
from kiosk.services.proof import CardRole

HELP, INSTEAD, NEXT, MISTAKE = "help", "instead", "next", "mistake"

_OWN_ROOMS = {
    "query-cases", "query-withdraw", "query-consents", "query-consent", "query-done", "draft", "earlier",
    "query-change", "query-authority", "held", "held-cases", "held-case", "held-content", "held-wrong",
    "held-erase", "held-looks", "held-rest", "held-done", "same-case",
}  # fmt: skip
"""Rooms that show what was kept for the first person, or would use it."""
_OWN_WITH_A_CASE = {"query", "rate", "why", "call-back", "rated", "will-call"}
"""These do where they are about a case of theirs (`"query:0"`)."""


def asked(sitting: Sitting, card: CardFields) -> Sitting:
    """The visit while that is asked. Where its page was the first person's own, it is left for home."""
    shut = guarded(sitting)
    left = put_away(shut).go("home") if _shows_own(sitting.place) else shut
    overlay = sitting.overlay if sitting.overlay is Overlay.TROUBLE else Overlay.NONE
    return replace(left, newcomer=card, overlay=overlay)


def guarded(sitting: Sitting) -> Sitting:
    """What was kept for the first person is not shown any more, nor used."""
    return replace(sitting, guarded=True, cases=(), draft=None, earlier={}, own_data=None, replied=False)


def _shows_own(place: str) -> bool:
    room, _, number = place.partition(":")
    return room in _OWN_ROOMS or (room in _OWN_WITH_A_CASE and bool(number))


def for_one(sitting: Sitting, world: World) -> bool:
    """Is the open application about one person only, as far as is known?"""
    if not sitting.service:
        return False
    return world.services[sitting.service].applicant is None or sitting.path(world).for_self


def role_of(sitting: Sitting) -> CardRole:
    """Whose card is still missing in the open application."""
    whose = sitting.given.answers.get(StepKind.CARD_WHOSE)
    return CardRole.ACTOR if whose and whose.value == CardRole.SUBJECT else CardRole.SUBJECT


def ways(sitting: Sitting, world: World) -> tuple[str, ...]:
    """What can be said of the card."""
    if not sitting.service:
        return HELP, NEXT, MISTAKE
    found = []
    two = sitting.given.first_card is not None and not for_one(sitting, world)
    if two and sitting.given.other_card is None:
        found.append(HELP)
    if may_change_hands(sitting):
        found.append(INSTEAD)
    return *found, NEXT, MISTAKE


def may_change_hands(sitting: Sitting) -> bool:
    """Does nothing of this application hang on the first card yet? No draft is kept for it, nothing it gave
    in earlier ones is used, and nothing was confirmed.
    """
    earlier = any(answer.source is Source.EARLIER for answer in sitting.given.answers.values())
    return not (sitting.keep or earlier or sitting.given.marks)


def answer(sitting: Sitting, move: Move, world: World) -> Turn:
    """What the person says of it. Back is a mistake: everything as it was."""
    match move:
        case Choose(id=chosen) if chosen in ways(sitting, world) and sitting.newcomer is not None:
            settled = replace(sitting, newcomer=None)
            match chosen:
                case "next":
                    return next_person(sitting)
                case "help":
                    return _helped(settled, sitting.newcomer, world)
                case "instead":
                    return _instead(settled, sitting.newcomer, world)
            return Turn(settled)
        case Back():
            return Turn(replace(sitting, newcomer=None))
    return Turn(sitting)


def _helped(sitting: Sitting, card: CardFields, world: World) -> Turn:
    """The person they help; or, where the first card was that one's, their own."""
    known = replace(sitting, helped=card)
    if not sitting.service:
        # At home the greeting says so.
        told = () if known.place == "home" else (world.texts["second_card.remembered"],)
        return Turn(replace(known, told=told))
    whose = CardRole.SUBJECT if role_of(sitting) is CardRole.ACTOR else CardRole.ACTOR
    told_apart = noted(known, StepKind.CARD_WHOSE, whose)
    given = replace(told_apart.given, other_card=card)
    return Turn(onto_path(replace(told_apart, given=given), world), (Errand.SAVE_DRAFT,))


def _instead(sitting: Sitting, card: CardFields, world: World) -> Turn:
    """The first card was the wrong one, or this is for another person: the visit is theirs from now on."""
    given = replace(sitting.given, first_card=card, by_hand=frozenset())
    unknown = replace(sitting, keep=None, cases=(), draft=None, earlier={}, own_data=None, replied=False)
    theirs = replace(another_persons(unknown), card=card, given=given, helped=None, guarded=False)
    return Turn(onto_path(theirs, world), (Errand.LOOK_UP_CARD,))
