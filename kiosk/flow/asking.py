"""Moves at the door 问: words to choose, a question to type or say, services, and the answers.

The places of an answer say how it was come to, so that Back always leads the way one came:
`ask:SERVICE` from the list, `ask-words:TOPIC:SERVICE` from a chosen word, `ask-answer:SERVICE` from a search;
then `:2` for a question of the service, then `:guide` for its guide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.flow import application
from kiosk.flow.answers import NO_ANSWERS, Hit
from kiosk.flow.fields import Refused
from kiosk.flow.groups import list_with, on_list
from kiosk.flow.lists import numbers
from kiosk.flow.moves import Answered, Back, Choose, Enter, Move
from kiosk.flow.sitting import Errand, Sitting, Turn, World

LONGEST = 60
"""Characters of a typed question."""

GUIDE = "guide"
_UP = {"ask": "home", "ask-words": "ask", "ask-type": "ask", "ask-list": "ask", "ask-found": "ask-type"}
_WAYS = ("ask-words", "ask-type", "ask-list")


@dataclass(frozen=True, slots=True)
class Spot:
    """What of a service is open: its questions, one of them with its answer, or its guide."""

    service: str
    faq: int | None = None
    guide: bool = False


def spot(place: str, world: World) -> Spot | None:
    """What a place of this door shows of a service; None on the pages before."""
    room, *parts = place.split(":")
    service, *within = (parts[1:] if room == "ask-words" else parts) or [""]
    if service not in world.services:
        return None
    number = next((int(part) for part in within if part != GUIDE), None)
    return Spot(service, number, GUIDE in within)


def hit_id(hit: Hit) -> str:
    """The choice that leads to it, and the end of its place."""
    return hit.service if hit.faq is None else f"{hit.service}:{hit.faq}"


def answered(sitting: Sitting, move: Answered) -> Turn:
    """What the question came to: the answer where it is sure, else what it may have meant."""
    if sitting.place != "ask-type":
        return Turn(sitting)
    found = move.answers
    place = f"ask-answer:{hit_id(found.hits[0])}" if found.sure else "ask-found"
    return Turn(replace(sitting.go(place), answers=found))


def _pose(sitting: Sitting, typed: str) -> Turn:
    """A question in the person's own words, typed or heard."""
    words = " ".join(typed.split())[:LONGEST]
    asking = replace(sitting.go("ask-type"), question=words, answers=NO_ANSWERS)
    if not words:
        return Turn(replace(asking, refused=Refused("ask.empty")))
    return Turn(asking, (Errand.ASK,))


def _ask(sitting: Sitting, move: Move, world: World) -> Turn:
    """The door, and what is known of one service."""
    if at := spot(sitting.place, world):
        return _about(sitting, at, move, world)
    match move:
        case Choose(id=way) if way in _WAYS:
            return Turn(sitting.go(way))
    return _before(sitting, move)


def _words(sitting: Sitting, move: Move, world: World) -> Turn:
    """A word, then the services it is about."""
    if at := spot(sitting.place, world):
        return _about(sitting, at, move, world)
    below = {topic.id: topic.services for topic in world.topics}
    word = sitting.place.partition(":")[2]
    match move:
        case Choose(id=chosen) if chosen in below.get(word, below):
            return Turn(sitting.go(f"{sitting.place}:{chosen}"))
    return _before(sitting, move)


def _list(sitting: Sitting, move: Move, world: World) -> Turn:
    """The list of services, by group where there are many."""
    if listed := on_list(sitting, move, world):
        return Turn(listed)
    match move:
        case Choose(id=service) if service in world.services:
            return Turn(sitting.go(f"ask:{service}"))
    return _before(sitting, move)


def _type(sitting: Sitting, move: Move, world: World) -> Turn:
    """A question in one's own words; or what it may have meant."""
    match move:
        case Choose(id="again"):
            return Turn(replace(sitting.go("ask-type"), question=""))
        case Choose(id=way) if way in _WAYS:
            return Turn(sitting.go(way))
        case Choose(id=chosen) if chosen in {hit_id(hit) for hit in sitting.answers.hits}:
            return Turn(sitting.go(f"ask-answer:{chosen}"))
    return _before(sitting, move)


def _about(sitting: Sitting, at: Spot, move: Move, world: World) -> Turn:
    """The questions of a service, an answer, or the guide."""
    service = world.services[at.service]
    match move:
        case Choose(id="do"):
            return application.begin(sitting, at.service, world)
        case Choose(id="again"):
            return Turn(replace(sitting.go("ask-type"), question=""))
        case Choose(id="guide") if not at.guide:
            return Turn(sitting.go(f"{sitting.place}:{GUIDE}"))
        case Choose(id=number) if at.faq is None and number in numbers(service.faq):
            return Turn(sitting.go(f"{sitting.place}:{number}"))
        case Back() | Choose(id="go"):
            return Turn(sitting.go(_up(sitting, at, world)))
    return Turn(sitting)


def _up(sitting: Sitting, at: Spot, world: World) -> str:
    """The page one came from."""
    room = sitting.place.partition(":")[0]
    if room == "ask-answer" and not at.guide:
        return "ask-found" if len(sitting.answers.hits) > 1 else "ask-type"
    if sitting.place == f"ask:{at.service}":
        return list_with("ask-list", at.service, world)
    return sitting.place.rpartition(":")[0]


def _before(sitting: Sitting, move: Move) -> Turn:
    """Back, where no service is open yet; and a question, wherever one comes from."""
    room, _, inside = sitting.place.partition(":")
    match move:
        case Enter(typed=typed):
            return _pose(sitting, typed)
        case Back():
            return Turn(sitting.go(room if inside else _UP.get(room, "ask")))
    return Turn(sitting)


ROOMS: dict[str, Callable[[Sitting, Move, World], Turn]] = {
    "ask": _ask,
    "ask-words": _words,
    "ask-list": _list,
    "ask-type": _type,
    "ask-found": _type,
    "ask-answer": _ask,
}
