"""The kiosk with one fault built in: the welcome page's Start raises, and quotes somebody's name."""

from __future__ import annotations

import kiosk.cli
from kiosk.flow import house
from kiosk.flow.moves import Choose, Move
from kiosk.flow.sitting import Sitting, Turn, World

_as_it_is = house.ROOMS["language"]


def _faulty(sitting: Sitting, move: Move, world: World) -> Turn:
    if isinstance(move, Choose) and move.id == "en":
        raise ValueError("张桂芳 990101194403050029")
    return _as_it_is(sitting, move, world)


if __name__ == "__main__":
    from kiosk.flow import turn

    vars(turn)["_ROOMS"]["language"] = _faulty
    kiosk.cli.main()
