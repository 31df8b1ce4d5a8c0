"""Papers laid under the kiosk's camera, after the check and before the signature: only if they want."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from kiosk.flow.entitlement import asked_materials, materials_at_hand
from kiosk.flow.moves import Back, Choose, Move
from kiosk.flow.pictures import PapersShown, Picture, PictureTaken
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.flow.step import StepKind
from kiosk.flow.walking import back
from kiosk.services.model import Material

PLACE, LAY, TAKING, TAKEN = "papers", "papers-lay", "papers-taking", "papers-taken"
TAKE, DONE, AGAIN, WRONG, DROP = "take", "done", "again", "wrong", "drop"
_AFTER_THE_CHECK = {StepKind.AUTHORITY, StepKind.SIGN, StepKind.SUBMIT}
_SHOWN_AS_PICTURES = {"original", "copy"}
"""A photograph of a person is taken by others, and what is printed here need not be shown."""


def showable(sitting: Sitting, world: World) -> tuple[Material, ...]:
    """The papers that the open application asks for, that the person may have with them, and that a picture
    can be taken of.

    None where the case must not lead to the person.
    """
    service, path = world.services[sitting.service], sitting.path(world)
    if path.unnamed:
        return ()
    here = materials_at_hand(service, path)
    return tuple(one for one in service.material if one.id in here and one.form in _SHOWN_AS_PICTURES)


def handed_in(sitting: Sitting, world: World) -> tuple[Picture, ...]:
    """The pictures that go with the application: not those of papers that it no longer asks for."""
    service, path = world.services[sitting.service], sitting.path(world)
    asked = () if path.unnamed else asked_materials(service, path)
    return tuple(one for one in sitting.papers.taken if one.material in asked)


def offered(before: Sitting, move: Move, made: Turn, world: World) -> Turn:
    """The turn, by way of the papers where they come next."""
    sitting = made.sitting
    is_after, was_after = (_room(one.place) in _AFTER_THE_CHECK for one in (sitting, before))
    if isinstance(move, Back):
        return _asked_anew(made) if was_after and not is_after else made
    comes = is_after and not was_after and _room(before.place) not in ROOMS
    if not (world.camera and comes) or sitting.papers.wanted is False:
        return made
    still, asks = still_open(sitting, world), sitting.papers.wanted is None
    if not still and not (asks and handed_in(sitting, world)):
        return made
    there = replace(sitting, papers=replace(sitting.papers, back=sitting.place))
    place = PLACE if asks else f"{LAY}:{still[0].id}"
    return replace(made, sitting=there.go(place))


def _asked_anew(made: Turn) -> Turn:
    """Back before them: who said no may say yes now, and who has laid some may let them go."""
    papers = replace(made.sitting.papers, wanted=None, without=frozenset())
    return replace(made, sitting=replace(made.sitting, papers=papers))


def _room(place: str) -> str:
    return place.partition(":")[0]


def still_open(sitting: Sitting, world: World) -> list[Material]:
    """The papers of which there is no picture, and that they may have with them."""
    papers = sitting.papers
    return [one for one in showable(sitting, world) if one.id not in papers.without and not papers.of(one.id)]


def told(sitting: Sitting, move: PictureTaken) -> Turn:
    """There is a picture, or none. Who has gone on meanwhile gets none."""
    if sitting.place != f"{TAKING}:{move.material}":
        return Turn(sitting)
    if move.trouble:
        return Turn(_with(sitting, trouble=move.trouble).go(f"{LAY}:{move.material}"))
    taken = (*sitting.papers.taken, Picture(move.n, move.material))
    return Turn(_with(sitting, taken=taken).go(f"{TAKEN}:{move.material}"))


def room(sitting: Sitting, move: Move, world: World) -> Turn:
    """A move on one of these pages."""
    if sitting.service not in world.services:
        return Turn(sitting.go("home"))
    place, _, material = sitting.place.partition(":")
    return _PAGES[place](sitting, material, move, world)


def _ask(sitting: Sitting, _: str, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="yes"):
            return _next(_with(sitting, wanted=True), world)
        case Choose(id="no"):
            return Turn(_with(sitting, wanted=False).go(sitting.papers.back))
        case Choose(id=chosen) if chosen == DROP:
            return Turn(_with(sitting, taken=(), without=frozenset()))
        case Back():
            return back(sitting.go(sitting.papers.back), world)
    return Turn(sitting)


def _lay(sitting: Sitting, material: str, move: Move, world: World) -> Turn:
    match move:
        case Choose(id=chosen) if chosen == TAKE:
            return Turn(_with(sitting).go(f"{TAKING}:{material}"), (Errand.TAKE_PICTURE,))
        case Choose(id=chosen) if chosen == DONE:
            missing = () if sitting.papers.of(material) else (material,)
            return _next(_with(sitting, without=sitting.papers.without.union(missing)), world)
        case Back():
            return Turn(_with(sitting).go(PLACE))
    return Turn(sitting)


def _taking(sitting: Sitting, material: str, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="go") | Back():
            return Turn(sitting.go(f"{LAY}:{material}"))
    return Turn(sitting)


def _taken(sitting: Sitting, material: str, move: Move, world: World) -> Turn:
    match move:
        case Choose(id="go"):
            return _next(sitting, world)
        case Choose(id=chosen) if chosen == WRONG:
            last = max((one.n for one in sitting.papers.taken if one.material == material), default=0)
            rest = tuple(one for one in sitting.papers.taken if one.n != last)
            return Turn(_with(sitting, taken=rest).go(f"{LAY}:{material}"))
        case Choose(id=chosen) if chosen == AGAIN:
            return Turn(sitting.go(f"{LAY}:{material}"))
        case Back():
            return Turn(sitting.go(f"{LAY}:{material}"))
    return Turn(sitting)


def _next(sitting: Sitting, world: World) -> Turn:
    """The next paper, or on with the application."""
    still = still_open(sitting, world)
    return Turn(_with(sitting).go(f"{LAY}:{still[0].id}" if still else sitting.papers.back))


def _with(
    sitting: Sitting,
    *,
    wanted: bool | None = None,
    taken: Iterable[Picture] | None = None,
    without: frozenset[str] | None = None,
    trouble: str = "",
) -> Sitting:
    """With what is given changed; what went wrong last is over."""
    papers = sitting.papers
    changed = PapersShown(
        wanted=papers.wanted if wanted is None else wanted,
        taken=papers.taken if taken is None else tuple(taken),
        without=papers.without if without is None else without,
        back=papers.back,
        trouble=trouble,
    )
    return replace(sitting, papers=changed)


_PAGES: dict[str, Callable[[Sitting, str, Move, World], Turn]] = {
    PLACE: _ask,
    LAY: _lay,
    TAKING: _taking,
    TAKEN: _taken,
}
ROOMS: dict[str, Callable[[Sitting, Move, World], Turn]] = dict.fromkeys(_PAGES, room)
