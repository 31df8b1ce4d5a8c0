"""A page with its question and its options only, for people whom many words confuse. Pure."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.page import Page, PageKind, Role
from kiosk.text import EMPTY

_ASKS = {Role.ANSWER, Role.DOOR, Role.TOGGLE}
_TOLD_WHOLE = {"keep", "call-back", "earlier", "held"}
"""Pages that tell what belongs to a person, or ask whether something may be done with it."""


def can_be_brief(page: Page) -> bool:
    """Can it be answered by its heading and its options? Never a page on which somebody agrees to something,
    one that says what was understood, or one that asks nothing: there the words are what it is for."""
    asks = page.entry is not None or any(choice.role in _ASKS for choice in page.choices)
    told = page.id.partition(":")[0] in _TOLD_WHOLE
    counts = told or page.binding or page.kind in (PageKind.SIGN, PageKind.SUBMIT)
    return asks and not counts and page.said_back is None and page.big == EMPTY


def brief(page: Page) -> Page:
    """Without what is said beside the question; the page as it is where that must be read."""
    return replace(page, body=()) if can_be_brief(page) else page
