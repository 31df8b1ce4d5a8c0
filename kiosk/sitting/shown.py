"""What this person was shown on the way to their signature, page by page, until it is handed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kiosk import __version__
from kiosk.cases.submission import Submission
from kiosk.cases.wish import EvidenceOfWish, PageShown, page_shown, strokes_digest
from kiosk.flow.page import Page
from kiosk.flow.step import StepKind
from kiosk.text import Text

_KEPT = frozenset(
    {StepKind.CONSENT, StepKind.AUTHORITY, StepKind.CHECK, StepKind.SIGN, StepKind.SUBMIT},
)
_MOST = 60
"""Pages with different words; who goes back and forth that long keeps the newest."""


class ShownPages:
    """In memory only, of one application at a time."""

    def __init__(self) -> None:
        self._draft = ""
        self._pages: dict[str, PageShown] = {}

    def note(self, page: Page, draft: str, language: str, now: datetime) -> None:
        """This page is on the screen now. The same words again only move its time on."""
        if draft != self._draft:
            self._draft, self._pages = draft, {}
        if not draft or page.id.partition(":")[0] not in _KEPT:
            return
        texts = tuple(_texts(page))
        shown = tuple(text.show(language) for text in texts)
        said = tuple(text.say(language) for text in texts if not text.decoration)
        record = page_shown(page.id, language, now, shown, said)
        self._pages.pop(record.digest, None)
        self._pages[record.digest] = record
        while len(self._pages) > _MOST:
            del self._pages[next(iter(self._pages))]

    def evidence(self, submission: Submission, now: datetime, box: str) -> EvidenceOfWish:
        """For this application, which is handed in now."""
        pages = tuple(self._pages.values()) if submission.id == self._draft else ()
        signature = submission.signature
        return EvidenceOfWish(
            pages=pages,
            wording=submission.service_version,
            strokes=strokes_digest(signature.strokes) if signature else None,
            levels={one.role: one.level for one in submission.identity},
            at=now,
            box=box,
            program=__version__,
        )


def _texts(page: Page) -> Iterator[Text]:
    """Everything on it that is read, from its heading down to the choices."""
    yield from (text for text in (page.banner, page.heading, *page.body, page.big) if text.shown)
    for choice in page.choices:
        yield choice.label
        if choice.detail.shown:
            yield choice.detail
