"""Which kiosks of the centre are alive, behind or out of paper, the worst first, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from kiosk.catalogue import load_catalogue
from kiosk.hub.kiosk_troubles import KioskWords, Trouble, troubles, worst_first
from kiosk.hub.standing import Kiosks, KioskStanding
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line, Lines
from screens.desk.page import DeskPage, key
from screens.desk.pick_list import PickList
from screens.desk.table import Column, Row

LOOK_EVERY = 5.0
"""Seconds between two looks at the hub."""


class KiosksPage(DeskPage[None]):
    """Only of a desk of a hub. It looks again by itself; the cursor stays on its kiosk."""

    KEYS: ClassVar[Sequence[Binding]] = (key("escape", "leave", "Esc"),)

    def __init__(self, counter: Counter) -> None:
        super().__init__(counter)
        self._found: Kiosks | None = None

    def body(self) -> ComposeResult:
        yield PickList(id="kiosks")
        yield Lines(id="advice")

    def on_mount(self) -> None:
        self.query_one(PickList).focus()
        self.set_interval(LOOK_EVERY, self._look_again)

    def title_words(self) -> str:
        kiosks = self._kiosks
        wrong = sum(bool(self._troubles(one)) for one in kiosks)
        return self._say("how.title", n=len(kiosks), wrong=wrong)

    def draw(self) -> None:
        columns = [
            Column(self._say("how.kiosk"), least=8),
            Column(self._say("how.now"), least=12),
            Column(self._say("how.heard"), drop=1),
            Column(self._say("how.waiting"), drop=2),
        ]
        empty = self.counter.words("board.reading") if self._found is None else self._say("how.empty")
        self.query_one(PickList).show(columns, [self._row(one) for one in self._kiosks], empty)
        self.query_one("#advice", Lines).show(self._about())

    async def look(self) -> None:
        if self.counter.kiosks is not None:
            self._found = await self.counter.records.do(self.counter.kiosks)
            # what was wrong with the way there is over
            self.tell(None)
            self.retell()

    def action_leave(self) -> None:
        self.dismiss(None)

    @on(PickList.Moved)
    def _moved(self) -> None:
        self.retell()

    def _look_again(self) -> None:
        if self.is_current:
            self.begin(self.look)

    @cached_property
    def _words(self) -> KioskWords:
        return KioskWords(load_catalogue("kiosks"), load_catalogue("box"), self.counter.zone)

    def _say(self, key: str, /, **values: str | int) -> str:
        return self._words.texts.text(key, **values).show(self.counter.language)

    @property
    def _kiosks(self) -> list[KioskStanding]:
        return worst_first(self._found.kiosks, self._found.now) if self._found else []

    def _troubles(self, one: KioskStanding) -> list[Trouble]:
        return troubles(one, self._found.now) if self._found else []

    def _row(self, one: KioskStanding) -> Row:
        found = self._troubles(one)
        if one.revoked:
            now = self._say("how.revoked")
        elif found:
            now = "! " + self._words.label(found[0]).show(self.counter.language)
        else:
            now = self._say("how.well")
        heard = self.counter.time(one.heard_at) if one.heard_at else "-"
        said = one.report
        return Row(one.kiosk, (one.kiosk, now, heard, str(said.waiting) if said else "-"))

    def _about(self) -> list[Line]:
        """What is wrong with the kiosk under the cursor, and what to do about each."""
        cursor = self.query_one(PickList).cursor
        here = next((one for one in self._kiosks if one.kiosk == cursor), None)
        if here is None or self._found is None:
            return []
        language = self.counter.language
        told = [
            Line(self._words.advice(one, here.kiosk, language), Kind.ALERT) for one in self._troubles(here)
        ]
        said = here.fresh(self._found.now)
        if said is not None and said.calls:
            told.insert(0, Line(self._say("how.calls"), Kind.ALERT))
        return told or [Line(self._quiet(here), Kind.QUIET)]

    def _quiet(self, one: KioskStanding) -> str:
        at = self.counter.time(one.heard_at) if one.heard_at else "-"
        if one.revoked:
            return self._say("how.about_revoked", kiosk=one.kiosk)
        if one.report is None:
            return self._say("how.about_old", kiosk=one.kiosk, at=at)
        well = self._say("how.about_well", kiosk=one.kiosk, at=at, version=one.report.version)
        tried = one.report.tried_at
        words = self._say("how.tried", at=self.counter.time(tried)) if tried else self._say("how.never_tried")
        return f"{well} {words}"
