"""The papers of cases at a desk: which there are, what stands on one, and which printer takes it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.cases.views import CaseView
from kiosk.flow.document import Document
from kiosk.paper.case_form import case_form, private_fields
from kiosk.paper.choices import Kind, PaperChoice, papers_for
from kiosk.paper.house import House
from kiosk.paper.letters import letter
from kiosk.ports import Printer
from kiosk.services.model import Service
from kiosk.text import FALLBACK, Catalogue, Text

_SLIPS = frozenset({Kind.ACCEPTANCE})
"""What goes into a purse: on the roll where there is one. All else is read at a table."""


@dataclass(frozen=True, slots=True)
class CasePaper:
    """A paper ready to be shown and printed."""

    document: Document
    language: str
    on_roll: bool
    shows: tuple[str, ...] = ()
    """Private fields that stand on it in full: a look at them is recorded first."""


class CasePapers:
    """What the pages of the desk and the commands ask. `a4` and `roll` may be the same printer, or none."""

    def __init__(
        self,
        house: Callable[[Mapping[str, Service]], House],
        services: Callable[[], Mapping[str, Service]],
        labels: Callable[[], Catalogue],
        a4: Printer | None = None,
        roll: Printer | None = None,
    ) -> None:
        self._house, self._services, self._labels = house, services, labels
        self._a4, self._roll = a4, roll

    @property
    def prints(self) -> bool:
        """Is there any printer?"""
        return self._a4 is not None or self._roll is not None

    def choices(self, view: CaseView) -> tuple[PaperChoice, ...]:
        """What can be printed of the case as it stands."""
        return papers_for(view, self._services())

    def title(self, choice: PaperChoice, view: CaseView) -> Text:
        """What the paper is called."""
        house = self._house(self._services())
        if choice.kind is not Kind.FORM:
            kind = view.summary.outcome if choice.kind is Kind.DECISION else choice.kind
            return house.texts[f"titles.{kind}"]
        service = house.services[view.summary.service_id]
        paper = next(one for one in service.print if one.id == choice.form)
        return (paper.title or service.title).text()

    def paper(self, choice: PaperChoice, view: CaseView, today: datetime.date) -> CasePaper:
        """In the language of the person; an official form is Chinese."""
        house = self._house(self._services())
        if choice.kind is Kind.FORM:
            document, layout = case_form(view, choice.form, house, self._labels(), today)
            return CasePaper(document, FALLBACK, layout.paper != "a4", private_fields(view))
        document = letter(choice.kind, view, house, today)
        shows = private_fields(view) if choice.kind is Kind.COPY else ()
        return CasePaper(document, view.submission.language, choice.kind in _SLIPS, shows)

    def print(self, paper: CasePaper) -> None:
        """On the printer it was made for, else on the other. Takes seconds. Raises PrintTrouble."""
        first, second = (self._roll, self._a4) if paper.on_roll else (self._a4, self._roll)
        printer = first or second
        assert printer is not None, "pages ask for `prints` first"
        printer.print(paper.document, paper.language)
