"""The papers of cases, put together from the settings: for the desk and for `kiosk paper case`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kiosk.cli._given import today_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from kiosk.cases.states import Actor
    from kiosk.cases.views import CaseView
    from kiosk.config import Settings
    from kiosk.paper.case_papers import CasePaper, CasePapers
    from kiosk.paper.house import House
    from kiosk.services.model import Service
    from kiosk.store import Store


def case_papers(settings: Settings, services: Callable[[], Mapping[str, Service]]) -> CasePapers:
    """With the printers of the settings; no service is read before a paper is asked for."""
    from zoneinfo import ZoneInfo

    from kiosk.catalogue import load_catalogue
    from kiosk.paper.case_papers import CasePapers
    from kiosk.paper.house import House
    from kiosk.paper.printers import roll_printer, sheet_printer

    site = settings.site

    def house(shelf: Mapping[str, Service]) -> House:
        return House(site.name, site.phone, ZoneInfo(site.zone), load_catalogue("paper"), shelf)

    return CasePapers(
        house,
        services,
        lambda: load_catalogue("author"),
        a4=sheet_printer(settings),
        roll=roll_printer(settings),
    )


class CaseDesk:
    """The papers of one case for the command line."""

    def __init__(self, settings: Settings, state: Path) -> None:
        from kiosk.cli._editions import services_of

        self._settings = settings
        self._papers = case_papers(settings, services_of(settings, state))

    def view(self, store: Store, number: str) -> CaseView:
        """The case of that number."""
        case_id = store.case_id_of(number)
        if case_id is None:
            raise click.ClickException("there is no case with this number")
        return store.case(case_id)

    def list(self, view: CaseView) -> Iterator[str]:
        """The papers that the case has now: name and title."""
        for choice in self._papers.choices(view):
            yield f"{choice.id:16} {self._papers.title(choice, view).show('zh')}"

    def paper(self, store: Store, view: CaseView, name: str, by: str) -> CasePaper:
        """That paper; a look at private numbers on it is recorded before."""
        choice = next((one for one in self._papers.choices(view) if one.id == name), None)
        if choice is None:
            raise click.ClickException(f"the case has no paper {name} now; without a name they are listed")
        paper = self._papers.paper(choice, view, today_at(self._settings))
        if paper.shows:
            actor = _actor(store, by)
            for field in paper.shows:
                store.record_view(view.summary.case_id, actor, field)
        return paper

    def print(self, paper: CasePaper) -> None:
        """On the printer of the settings."""
        from kiosk.ports import PrintTrouble

        if not self._papers.prints:
            raise click.ClickException("kiosk.toml names no printer")
        try:
            self._papers.print(paper)
        except PrintTrouble as trouble:
            lacks = f": no font here has {trouble.signs}" if trouble.signs else ""
            raise click.ClickException(f"not printed{lacks}; kiosk check looks at the printer") from None


def _actor(store: Store, name: str) -> Actor:
    """Who looks at the numbers on a form."""
    from kiosk.cases.roles import Right, may
    from kiosk.cases.states import Actor

    account = store.account(name) if name else None
    if account is None or not may(account.role, Right.SEE_IN_FULL):
        raise click.ClickException("this paper shows private numbers: say who you are with --by ACCOUNT")
    return Actor(account.name, account.role)
