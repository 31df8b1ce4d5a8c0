"""Settings kept with the card: offered once, back at the next visit, forgotten by one choice (K33).

Only for whoever laid their own identity card, and only where they have set something.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.moves import Back, Choose, Move, Overlay
from kiosk.flow.preferences import Preferences, Remembering
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.flow.switches import Switches
from kiosk.text import LANGUAGES


def wishes(sitting: Sitting) -> Preferences:
    """All that this person has set, as it would be kept."""
    mine = sitting.switches
    return replace(
        sitting.remembering.now,
        language=sitting.language if sitting.language != LANGUAGES[0] else None,
        switches=mine.count if mine is not None else None,
        stay=mine.seconds if mine is not None else None,
    )


def to_be_asked(sitting: Sitting, world: World) -> bool:
    """Is there something to keep that is not kept yet, and somebody to ask?"""
    here, now = sitting.remembering, wishes(sitting)
    wanted = now.worth_keeping and now != (here.kept or Preferences())
    return world.remembers and sitting.opens_own and wanted and not here.settled


def told(sitting: Sitting, now: Preferences) -> Turn:
    """The screens tell how it is set; no page changes by that."""
    return Turn(replace(sitting, remembering=replace(sitting.remembering, now=now)))


def found(sitting: Sitting, kept: Preferences | None, world: World) -> Sitting:
    """What was kept with the card comes back, but not over what the person has set in this visit."""
    here = sitting.remembering
    if kept is None or here.kept is not None or not world.remembers:
        return sitting
    before = wishes(sitting)
    now = before.over(kept)
    known = replace(sitting, remembering=replace(here, kept=kept))
    if now == before or here.settled:
        return known
    back = _set(known, now)
    if now.language is not None and not sitting.language_chosen and now.language in LANGUAGES:
        back = replace(back, language=now.language)
    back = replace(back, remembering=replace(back.remembering, recalled=True))
    return replace(back, told=(*back.told, world.texts["remember.recalled"]))


def another_persons(sitting: Sitting) -> Sitting:
    """The visit is somebody else's from now on: what came back with the first card goes with it."""
    here = sitting.remembering
    new = Remembering(now=here.now, recalls=here.recalls)
    if not here.recalled:
        return replace(sitting, remembering=new)
    return _set(replace(sitting, remembering=new, switches=None), Preferences())


def kept(sitting: Sitting, preferences: Preferences) -> Sitting:
    """It is in the store."""
    now = replace(sitting.remembering, kept=preferences, agreed=True)
    return replace(sitting, remembering=now)


def forgotten(sitting: Sitting, world: World) -> Turn:
    """Nothing is kept any more; this visit stays as it is."""
    here = replace(sitting.remembering, kept=None, agreed=False, settled=True)
    return _back_below(replace(sitting, remembering=here), world, "remember.forgotten")


def answer(sitting: Sitting, move: Move, world: World) -> Turn | None:
    """What a move means on the settings and on the question that follows; None where it is none of theirs."""
    match sitting.overlay, move:
        case Overlay.SETTINGS, Choose(id="usual") if sitting.remembering.recalled:
            return _put_off(sitting, world)
        case Overlay.SETTINGS, Choose(id="forget") if sitting.remembering.kept is not None:
            return Turn(sitting, (Errand.FORGET_PREFERENCES,))
        case Overlay.REMEMBER, Choose(id="yes"):
            return Turn(sitting, (Errand.KEEP_PREFERENCES,))
        case Overlay.REMEMBER, Choose(id="no") | Back():
            return Turn(replace(no_thanks(sitting), overlay=Overlay.NONE))
    return None


def no_thanks(sitting: Sitting) -> Sitting:
    """They do not want it, or not now."""
    return replace(sitting, remembering=replace(sitting.remembering, settled=True))


def below_again(sitting: Sitting, world: World) -> Turn:
    """It was kept: back to the page, which says so."""
    return _back_below(sitting, world, "remember.kept")


def _put_off(sitting: Sitting, world: World) -> Turn:
    """As everybody finds it. What is kept stays so: it may have been one bad day."""
    usual = no_thanks(_set(replace(sitting, switches=None), Preferences()))
    return _back_below(
        replace(usual, remembering=replace(usual.remembering, recalled=False)), world, "remember.usual"
    )


def _back_below(sitting: Sitting, world: World, key: str) -> Turn:
    return Turn(replace(sitting, overlay=Overlay.NONE, told=(world.texts[key],)))


def _set(sitting: Sitting, now: Preferences) -> Sitting:
    here = sitting.remembering
    mine = sitting.switches
    if mine is None and now.switches is not None:
        mine = Switches(now.switches, now.stay or 0.0)
    plain = replace(now, language=None, switches=None, stay=None)
    return replace(sitting, switches=mine, remembering=replace(here, now=plain, recalls=here.recalls + 1))
