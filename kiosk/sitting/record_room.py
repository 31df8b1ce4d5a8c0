"""Looking a record up beside the visit: it takes seconds; the person can go on, back or away meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.flow.looking_up import key_of, withheld
from kiosk.flow.records import RecordKey, RecordNews, RecordState
from kiosk.flow.sitting import Sitting, World
from kiosk.ports import Records
from kiosk.services.question import FieldKind
from kiosk.text import Catalogue


@dataclass(frozen=True, slots=True)
class NoRecords:
    """A kiosk without record sources: staff look everything up."""

    texts: Catalogue

    def look_up(self, question: str, source: str, key: RecordKey) -> RecordNews:
        """Always by staff."""
        return RecordNews(question, RecordState.STAFF, source, self.texts["records.unknown"])


@dataclass(frozen=True, slots=True)
class RecordAsked:
    """What is asked, for which application, by which key."""

    application: str
    question: str
    source: str
    key: RecordKey


def asked_by(sitting: Sitting, world: World, question_id: str) -> RecordAsked | None:
    """The look-up that this question calls for as the application stands now; None where there is none."""
    service = world.services.get(sitting.service)
    question = service.questions.get(question_id) if service else None
    if question is None or question.type is not FieldKind.RECORD or question.source is None:
        return None
    path = sitting.path(world)
    key = None if withheld(sitting, question, path) else key_of(question, path)
    return RecordAsked(sitting.draft_id, question.id, question.source, key) if key else None


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

    def expects(self, news: RecordNews, wanted: RecordAsked | None) -> bool:
        """Is this the answer to what was asked last, and would the open application still ask that?"""
        asked = next((asked for asked, come in self._come if come is news), None)
        if asked is None or asked is not self._open:
            return False
        self._open = None
        self._come.clear()
        return asked == wanted

    def _look_up(self, asked: RecordAsked) -> RecordNews:
        news = self._records.look_up(asked.question, asked.source, asked.key)
        self._come.append((asked, news))
        return news
