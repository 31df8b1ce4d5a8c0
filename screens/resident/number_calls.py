"""Waiting numbers that are called while nobody stands at the kiosk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.flow.moves import LookForCalls, Overlay

if TYPE_CHECKING:
    from screens.resident.app import ResidentApp

LOOK_EVERY = 2.0
"""Seconds between two looks."""
ALONE = 8.0
"""So long nobody has pressed or touched anything: whoever reads the first page is not talked over."""


class NumberCalls:
    """Looks only where the page at rest stands, nobody is there, and nothing is being said."""

    def __init__(self, app: ResidentApp) -> None:
        self._app = app
        self._looking = False
        app.set_interval(LOOK_EVERY, self.look)

    def look(self) -> None:
        """Has one been called?"""
        app = self._app
        if (
            self._looking
            or app.stage is None
            or not app.stage.ready
            or (app.speaker and app.speaker.speaking)
        ):
            return
        sitting = app.stage.sitting
        at_rest = sitting.place == "language" and sitting.overlay is Overlay.NONE
        if at_rest and app.idle.alone(ALONE):
            self._looking = True
            app.run_worker(self._look(), group="calls")

    async def _look(self) -> None:
        """Not a wish: a key that is pressed meanwhile is heard."""
        try:
            await self._app.course.make(LookForCalls())
        finally:
            self._looking = False
