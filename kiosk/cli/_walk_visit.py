"""A visit at the real kiosk that is only for trying: with a banner, on another day, followed to its end."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo

from kiosk.flow.moves import Move
from kiosk.flow.page import Page
from kiosk.flow.path import find_path
from kiosk.flow.sitting import Sitting
from kiosk.services.model import Service
from kiosk.text import Text
from screens.resident.visit_thread import Visit


class PretendedClock:
    """The clock of another day: its date, the time of this day."""

    def __init__(self, day: date, zone: tzinfo) -> None:
        here = datetime.now(zone)
        self._ahead = datetime.combine(day, here.timetz()) - here

    def now(self) -> datetime:
        """The wall clock of that day, UTC."""
        return (datetime.now(UTC) + self._ahead).astimezone(UTC)

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return time.monotonic()


@dataclass(frozen=True, slots=True)
class Ended:
    """How the last walk to an end went."""

    end: str
    answers: Mapping[str, str] = field(repr=False)
    refused: tuple[str, ...]


class Trace:
    """Remembers the last end that somebody came to."""

    def __init__(self, service: Service, today: date) -> None:
        self._service, self._today = service, today
        self.ended: Ended | None = None

    def note(self, sitting: Sitting) -> None:
        """Look where the visit stands."""
        if sitting.service != self._service.id:
            return
        path = find_path(self._service, sitting.given, self._today)
        if path.end is not None:
            answers = {name: answer.value for name, answer in path.answers.items()}
            refused = tuple(name for name, agreed in path.consents.items() if not agreed)
            self.ended = Ended(path.end, answers, refused)


class Followed:
    """The real visit, its pages marked as a trial and its way noted."""

    leaving = 0

    def __init__(self, visit: Visit, trace: Trace, mark: Callable[[Text], Text]) -> None:
        self._visit, self._trace, self._mark = visit, trace, mark

    @property
    def sitting(self) -> Sitting:
        """Of the real visit."""
        return self._visit.sitting

    @property
    def ended(self) -> bool:
        """Has it?"""
        return self._visit.ended

    def listen(self, tell: Callable[[Move], None]) -> None:
        """Passed on."""
        self._visit.listen(tell)

    def page(self) -> Page:
        """What to show now."""
        return self._marked(self._visit.page())

    def do(self, move: Move) -> Page:
        """Make a move, and remember where it led."""
        page = self._visit.do(move)
        self._trace.note(self._visit.sitting)
        return self._marked(page)

    def close(self) -> None:
        """Passed on."""
        self._visit.close()

    def _marked(self, page: Page) -> Page:
        return replace(page, banner=self._mark(page.banner))
