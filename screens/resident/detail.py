"""How much of a page is shown: all of it, or question and options, and the rest when it is asked for."""

from __future__ import annotations

from dataclasses import replace

from kiosk.flow.page import Page
from kiosk.flow.pages.brief import brief
from kiosk.text import Text


class Detail:
    """What is left out stands in the help of the page, and is said by Repeat."""

    def __init__(self) -> None:
        self.short = False
        """Only questions and options are shown."""
        self._left_out: tuple[Text, ...] = ()
        self._of = ""

    def shown(self, page: Page) -> Page:
        """As much of a page as is wanted; the help of a short one begins with what it leaves out."""
        below = page.id.rpartition("@")[2]
        if page.id == f"help@{self._of}" and self.short:
            return replace(page, body=(*self._left_out, *page.body))
        if page.id != below:
            return page
        short = brief(page) if self.short else page
        self._of, self._left_out = page.id, page.body if short != page else ()
        return short

    def whole(self, part: Page) -> Page:
        """A part as it is said when somebody asks for it again."""
        return replace(part, body=(*self._left_out, *part.body)) if part.id == self._of else part
