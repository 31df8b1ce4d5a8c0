"""Looking a record up beside the visit: it takes seconds; the person can go on, back or away meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.flow.records import RecordNews, RecordState
from kiosk.flow.sitting import Sitting, World
from kiosk.ports import Records
from kiosk.services.question import CardRole
from kiosk.text import Catalogue


@dataclass(frozen=True, slots=True)
class NoRecords:
    """A kiosk without record sources: staff look everything up."""

    texts: Catalogue

    def look_up(self, question: str, source: str, number: str) -> RecordNews:
        """Always by staff."""
        return RecordNews(question, RecordState.STAFF, source, self.texts["records.unknown"])


@dataclass(frozen=True, slots=True)
class RecordAsked:
    """What is asked, for which application, of whom."""

    application: str
    question: str
    source: str
    number: str = field(repr=False)


def asked_by(sitting: Sitting, world: World) -> RecordAsked | None:
    """The look-up that the page calls for: for the person whose card was read, never for a typed number."""
    question = world.services[sitting.service].find_question(sitting.place.partition(":")[2])
    number = sitting.path(world).cards.get(CardRole.SUBJECT, {}).get("id_number")
    if number is None or question.source is None:
        return None
    return RecordAsked(sitting.draft_id, question.id, question.source, number)


class RecordRoom:
    """Only the newest look-up counts. What comes of an older one is for nobody."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._open: RecordAsked | None = None
        self._come: list[tuple[RecordAsked, RecordNews]] = []
        self.tell: Callable[[RecordNews], None] | None = None
        """Where news are told, from another thread. While there is nobody, they are waited for."""

    def ask(self, asked: RecordAsked) -> RecordNews | None:
        """Begin to look up; the news, where they were waited for."""
        if asked == self._open:
            return None
        self._open = asked
        if self.tell is None:
            return self._look_up(asked)
        tell = self.tell
        threading.Thread(target=lambda: tell(self._look_up(asked)), name="record", daemon=True).start()
        return None

    def expects(self, news: RecordNews, application: str) -> bool:
        """Is this the answer to what was asked last, and is its application still the open one?"""
        asked = next((asked for asked, come in self._come if come is news), None)
        if asked is None or asked is not self._open:
            return False
        self._open = None
        self._come.clear()
        return asked.application == application

    def _look_up(self, asked: RecordAsked) -> RecordNews:
        news = self._records.look_up(asked.question, asked.source, asked.number)
        self._come.append((asked, news))
        return news
