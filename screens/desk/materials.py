"""The papers of a case: how each stands, and copies of them, from a file, a scanner or a camera."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from kiosk.cases.materials import OTHER, Copy, Standing
from kiosk.cases.materials import Kind as CopyKind
from kiosk.cases.possible import held_by_other
from kiosk.cases.states import OPEN
from kiosk.cases.views import CaseView
from kiosk.paper.cameras import PictureSource, picture_source
from kiosk.paper.copies import UnfitCopy, copy_of, picture_of
from kiosk.paper.taking import NotTaken
from kiosk.store import Store
from screens.desk.copies import CopiesPage
from screens.desk.copy_file import CopyFile
from screens.desk.counter import Counter
from screens.desk.lines import Kind
from screens.desk.page import key, letter
from screens.desk.pick_list import PickList
from screens.desk.pick_page import PickPage
from screens.desk.table import Column, Row

_KB = 1024
NOTES = {
    "paper_seen": Standing.SEEN,
    "paper_kept": Standing.KEPT,
    "paper_missing": Standing.MISSING,
}


class MaterialsPage(PickPage[None]):
    """One paper a line, and a last line for whatever else was brought."""

    KEYS: ClassVar[Sequence[Binding]] = (
        letter("s", "paper_seen"),
        letter("k", "paper_kept"),
        letter("x", "paper_missing"),
        letter("t", "take_picture"),
        letter("f", "from_file"),
        key("enter", "look_at", "Enter"),
        key("escape", "leave", "Esc"),
    )

    def __init__(self, counter: Counter, view: CaseView) -> None:
        super().__init__(counter)
        self._view = view

    def body(self) -> ComposeResult:
        yield PickList(id="choices")

    def title_words(self) -> str:
        return self.counter.words("materials.title", ticket=self._view.summary.ticket)

    def draw(self) -> None:
        words = self.counter.words
        columns = [
            Column(words("materials.name"), least=10),
            Column(words("materials.standing")),
            Column(words("materials.kept_here"), drop=1),
            Column(words("materials.form"), drop=2),
        ]
        papers = [(one.id, self.counter.read(one.label), one.form) for one in self._view.submission.materials]
        rows = [self._row(*paper) for paper in (*papers, (OTHER, words("materials.other"), ""))]
        self.query_one(PickList).show(columns, rows)

    def _row(self, material: str, name: str, form: str) -> Row:
        words, known = self.counter.words, f"form.{form}"
        standing = self._view.standings.get(material)
        copies = sum(one.material == material for one in self._view.attachments)
        asked = form != ""
        return Row(
            material,
            (
                name,
                words(f"materials.{standing or 'unknown'}") if asked or standing else "",
                str(copies) if copies else "",
                words(known) if known in self.counter.texts else form,
            ),
        )

    async def look(self) -> None:
        case_id = self._view.summary.case_id
        self._view = await self.counter.records.do(lambda store: store.case(case_id))
        self.retell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "take_picture":
            return self._may_note and self._source is not None
        return self._may_note if action in NOTES or action == "from_file" else True

    @property
    def _may_note(self) -> bool:
        case = self._view.summary
        taken_away = held_by_other(case, self.counter.staff, self.counter.clock.now())
        return case.state in OPEN and not taken_away

    @property
    def _source(self) -> PictureSource | None:
        sample, demo = self.counter.words("materials.sample"), self.counter.demo
        return picture_source(self.counter.materials.command, sample, demo=demo)

    @property
    def _at(self) -> str:
        return self.query_one(PickList).cursor or OTHER

    @property
    def _paper(self) -> str:
        found = [one.label for one in self._view.submission.materials if one.id == self._at]
        return self.counter.read(found[0]) if found else self.counter.words("materials.other")

    def action_paper_seen(self) -> None:
        self._note("paper_seen")

    def action_paper_kept(self) -> None:
        self._note("paper_kept")

    def action_paper_missing(self) -> None:
        self._note("paper_missing")

    def _note(self, action: str) -> None:
        case_id, actor, at = self._view.summary.case_id, self.counter.staff, self._at

        async def noted() -> None:
            await self.counter.records.do(
                lambda store: store.note_material(case_id, actor, at, NOTES[action])
            )
            await self.look()
            self.tell(self.counter.text("materials.noted"), Kind.HEADING)

        self.begin(noted)

    def action_take_picture(self) -> None:
        at, name, source = self._at, self._paper, self._source
        if source is None:
            return
        most = self.counter.materials.file_mib
        self.tell(self.counter.text("materials.taking"), Kind.HEADING)

        async def picture() -> None:
            try:
                copy = await asyncio.to_thread(lambda: picture_of(source.take(name), most))
                await self._keep(at, copy)
            except NotTaken as fault:
                self.tell(self.counter.text(f"materials.not_taken_{fault.why}"))
            except UnfitCopy as unfit:
                self.tell(self.counter.text(f"materials.unfit_{unfit.why}"))
            else:
                await self.look()
                self._tell_kept(at, copy)

        self.begin(picture)

    def _tell_kept(self, at: str, copy: Copy) -> None:
        """With how many there are now: the key takes the next page of the same paper."""
        pages = sum(one.material == at for one in self._view.attachments)
        size = max(1, len(copy.content) // _KB)
        self.tell(self.counter.text("materials.kept", n=pages, size=size), Kind.HEADING)

    def action_from_file(self) -> None:
        at, most = self._at, self.counter.materials.file_mib
        told = "materials.kept_file"

        async def keep(raw: bytes) -> None:
            nonlocal told
            copy = await asyncio.to_thread(copy_of, raw, most)
            await self._keep(at, copy)
            told = "materials.kept_pdf" if copy.kind is CopyKind.PDF else "materials.kept_file"

        def back(kept: bool | None) -> None:
            if kept:
                self.tell(self.counter.text(told), Kind.HEADING)

        self.tell(None)
        self.app.push_screen(CopyFile(self.counter, keep), back)

    async def _keep(self, material: str, copy: Copy) -> None:
        """Seal it."""
        limits, case_id, actor = self.counter.materials, self._view.summary.case_id, self.counter.staff

        def attach(store: Store) -> int:
            return store.attach(case_id, actor, material, copy, limits.case_mib)

        await self.counter.records.do(attach)

    @on(PickList.Picked)
    def _picked(self, picked: PickList.Picked) -> None:
        picked.stop()
        self.action_look_at()

    def action_look_at(self) -> None:
        copies = [one for one in self._view.attachments if one.material == self._at]
        if not copies:
            self.tell(self.counter.text("materials.no_copy"))
            return
        self.tell(None)
        page = CopiesPage(self.counter, self._view, self._paper, copies, may_leave_out=self._may_note)
        self.app.push_screen(page)
