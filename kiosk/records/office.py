"""All record sources of this box behind one door: asked by name, answered as news that can be shown."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import cached_property

from kiosk.event_log import without_values
from kiosk.flow.records import KeyKind, RecordKey, RecordLine, RecordNews, RecordState
from kiosk.ports import Clock
from kiosk.records.definition import RecordSource
from kiosk.records.driver import Away, ByStaff, Driver, Found, Nothing, Outcome, Row
from kiosk.records.keys import canonical, is_code
from kiosk.records.values import show_value
from kiosk.text import Catalogue

log = logging.getLogger(__name__)


class Counter:
    """One source, with the driver that asks it; made when it is asked for the first time."""

    def __init__(self, source: RecordSource, make_driver: Callable[[RecordSource], Driver]) -> None:
        self.source = source
        self._make_driver = make_driver

    @cached_property
    def driver(self) -> Driver:
        """How the source is asked here."""
        return self._make_driver(self.source)


class RecordOffice:
    """Looks records up; the `Records` of `kiosk.ports`."""

    def __init__(
        self, open_counters: Callable[[], Mapping[str, Counter]], texts: Catalogue, clock: Clock
    ) -> None:
        """`open_counters` is called when the first record is looked up: most visits ask for none."""
        self._open_counters, self._texts, self._clock = open_counters, texts, clock

    @cached_property
    def _counters(self) -> Mapping[str, Counter]:
        return self._open_counters()

    def look_up(self, question: str, source: str, key: RecordKey) -> RecordNews:
        """Never raises; what went wrong is logged by source and kind, without a word of what was asked."""
        counter = self._counters.get(source)
        if counter is None:
            log.warning("record source %s: there is none", source)
            return RecordNews(question, RecordState.STAFF, source, self._texts["records.unknown"])
        outcome = self._asked(counter, canonical(key))
        return self._news(question, counter.source, outcome)

    def _asked(self, counter: Counter, key: RecordKey) -> Outcome | None:
        """By the source's own kind of key only: nobody's record opens for a number that was typed."""
        if key.kind is not counter.source.key:
            log.error("record source %s: asked by another kind of key", counter.source.id)
            return ByStaff()
        if key.kind is KeyKind.CODE and not is_code(key.value):
            return Nothing()  # No paper has such a code: there is nothing to ask for.
        try:
            outcome = counter.driver.look_up(key)
        except Exception as error:  # a driver must not end a visit
            log.error("record source %s: %s", counter.source.id, without_values(error))
            return None
        if isinstance(outcome, Away):
            log.warning("record source %s: %s", counter.source.id, outcome.why)
        return outcome

    def _news(self, question: str, source: RecordSource, outcome: Outcome | None) -> RecordNews:
        title, at = source.title.text(), self._clock.now()
        match outcome:
            case Found():
                lines = self._lines(source, outcome)
                return RecordNews(question, RecordState.FOUND, source.id, title, lines, at, outcome.as_of)
            case Nothing():
                return RecordNews(question, RecordState.NOTHING, source.id, title, at=at)
            case ByStaff():
                return RecordNews(question, RecordState.STAFF, source.id, title)
        return RecordNews(question, RecordState.AWAY, source.id, title, at=at)

    def _lines(self, source: RecordSource, found: Found) -> tuple[RecordLine, ...]:
        """The rows in the order they came, then what is not shown, then who keeps it."""
        texts, shown = self._texts, found.rows[: source.most_rows]
        lines = [
            line
            for place, row in enumerate(shown, 1)
            for line in self._row(source, row, place if len(found.rows) > 1 else 0)
        ]
        if len(found.rows) > len(shown):
            rest = texts.text("records.rest", count=len(found.rows) - len(shown))
            lines.append(RecordLine(texts["records.rest_label"], rest))
        return (*lines, RecordLine(texts["records.keeper"], source.keeper.text()))

    def _row(self, source: RecordSource, row: Row, place: int) -> list[RecordLine]:
        lines = []
        for field in source.field:
            if field.name in row:
                label = field.label.text()
                numbered = self._texts.text("records.row_label", place=place, label=label) if place else label
                lines.append(RecordLine(numbered, show_value(row[field.name], field)))
        return lines
