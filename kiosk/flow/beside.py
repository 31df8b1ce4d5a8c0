"""Somebody of the house stands beside the person: who that is, and how it is known. Pure.

They signed in at the desk with their PIN and said there that they go; here the person says that they have
come. Nobody types a PIN where everybody looks on.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.moves import Beside, Choose, HelperCame, Move, Overlay
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.text import Text

CAME = "came"
"""The choice of the page on which somebody waits."""


def called(sitting: Sitting) -> Turn:
    """Somebody should come."""
    return Turn(replace(sitting, overlay=Overlay.CALLED, trouble=""), (Errand.CALL_PERSON,))


def answer(sitting: Sitting, move: Move, world: World) -> Turn | None:
    """They have come, says the person, and the desk knows who. None where a move is about something else."""
    waits = sitting.overlay is Overlay.CALLED
    match move:
        case Choose(id=chosen) if waits and chosen == CAME:
            return Turn(sitting, (Errand.WHO_CAME,))
        case HelperCame(who=None) if waits:
            return Turn(replace(sitting, trouble="called.nobody_yet"))
        case HelperCame(who=Beside() as who) if waits:
            told = (*sitting.told, helps(who, "beside.told", world))
            return Turn(replace(sitting, overlay=Overlay.NONE, trouble="", beside=who, told=told))
        case HelperCame():
            return Turn(sitting)
    return None


def helps(who: Beside, key: str, world: World) -> Text:
    """A sentence about them: staff wear their names, too."""
    role = world.texts[f"beside.role_{who.role}"]
    return world.texts.text(key, role=role, name=who.name)
