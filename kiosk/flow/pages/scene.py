"""What every page of an application is made from."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from kiosk.flow.page import Choice, Entry, Page, PageKind
from kiosk.flow.path import Path, Step, StepKind
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.walking import page_of_path
from kiosk.services.model import Service
from kiosk.services.question import Question
from kiosk.text import Text

_PATIENCE = 2
"""Refused inputs in a row after which help by a person is offered (flows.md e 19)."""
_LINE = 80
"""Cells that a long answer takes at most where it stands among others: it is whole on its own page."""


class PageParts(TypedDict, total=False):
    """What differs between the pages of a service, as `Page` has it."""

    body: tuple[Text, ...]
    choices: tuple[Choice, ...]
    entry: Entry
    error: Text | None
    focus: str | None
    opens_at: str | None
    progress: Text
    help: tuple[Text, ...]
    guard: float
    binding: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """The visit, the world, and the step of the path the person is on."""

    sitting: Sitting
    world: World
    service: Service
    path: Path
    step: Step

    @property
    def question(self) -> Question:
        """The question the step is about. Raises KeyError on other steps."""
        return self.service.find_question(self.step.id)

    def page(self, kind: PageKind, heading: Text, **parts: Unpack[PageParts]) -> Page:
        """A page of this step, with the service as its banner."""
        here = self.sitting.place
        return Page(
            id=here if page_of_path(here) == self.step.place else self.step.place,
            kind=kind,
            heading=heading,
            banner=self.service.title.text(),
            **parts,
        )

    def error(self) -> Text | None:
        """Why the last input was not taken, and what helps."""
        refused = self.sitting.refused
        if refused is None:
            return None
        if self.sitting.misses % (_PATIENCE + 1) == 0:
            return self.world.texts["field.still"]
        return refused.text or self.world.texts.text(refused.key, **refused.values)

    def progress(self) -> Text:
        """Only what is honest (K38): a total only where the answers so far decide it."""
        asked = [step.id for step in self.path.steps if step.kind is StepKind.QUESTION]
        texts = self.world.texts
        if self.step.id not in asked:
            return texts.text("common.step", at=len(asked))
        at, ahead = asked.index(self.step.id) + 1, self.path.questions_ahead
        if ahead is None:
            return texts.text("common.step", at=at)
        return texts.text("common.step_of", at=at, of=len(asked) + ahead)


def shortened(text: Text) -> Text:
    """A long answer as one line among others; what is cut off is not heard, either."""
    shown = _cut(text.shown)
    parts = text.parts if shown == text.shown else ()
    return replace(text, shown=shown, said=_cut(text.said), parts=parts)


def _cut(words: Mapping[str, str]) -> dict[str, str]:
    return {language: _cut_at(line) for language, line in words.items()}


def _cut_at(line: str) -> str:
    line, cells = " ".join(line.split()), 0
    for at, character in enumerate(line):
        cells += 2 if unicodedata.east_asian_width(character) in "WFA" else 1
        if cells > _LINE:
            return line[:at] + "……"
    return line
