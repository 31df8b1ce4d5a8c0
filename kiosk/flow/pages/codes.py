"""What a page has to do with codes held before a scanner."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.page import Page, PageKind
from kiosk.flow.sitting import Sitting, World

FOR_RECEIPTS = {"language", "welcome", "card", "home", "query", "query-card", "query-cases", "query-number"}
"""Where the code of a receipt leads to its case."""
_LOOKS_FOR_RECEIPTS = {"welcome", "home", "query"}


def takes_code(page: Page) -> bool:
    """Is there a field that a code may be typed into? What somebody wants to ask stands in no code."""
    return page.entry is not None and page.id != "ask-type"


def code_helps(page: Page) -> bool:
    """Should a scanner look for codes here? Not where a card is asked for: its light would draw the card."""
    return takes_code(page) or page.id in _LOOKS_FOR_RECEIPTS


def with_code_trouble(page: Page, sitting: Sitting, world: World) -> Page:
    """The page, with what there is to say of the code that was scanned last."""
    if not sitting.code_trouble:
        return page
    body = () if page.kind is PageKind.ENTRY else page.body
    return replace(page, body=body, error=world.texts[sitting.code_trouble])
