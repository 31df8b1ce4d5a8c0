"""Whether an edition may be used: by the rules of `kiosk service check`, and of the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.catalogue import load_catalogue
from kiosk.editions.edition import Kind
from kiosk.services.groups import load_groups
from kiosk.services.load import GROUPS_FILE, load_shelf, look_over, service_files
from kiosk.services.problem import Problem, Severity
from kiosk.services.signing import signed_off
from kiosk.store.calendars import CalendarFault, load_calendar
from kiosk.text import LANGUAGES, Text


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why it is not used."""

    file: str
    words: Text


def flaws_in(folder: Path, kind: Kind, today: date) -> tuple[Flaw, ...]:
    """None where the files of this folder may be used as an edition of this kind."""
    found = _of_services(folder, today) if kind is Kind.SERVICES else _of_calendar(folder)
    return tuple(dict.fromkeys(found))


def not_signed_off(folder: Path) -> tuple[Flaw, ...]:
    """Services said to be live that nobody answers for as they are now: no kiosk would offer them."""
    return tuple(
        _flaw(service.id, "edition.not_signed_off")
        for service in load_shelf(folder).services.values()
        if service.status == "live" and not signed_off(service)
    )


def _of_services(folder: Path, today: date) -> Iterator[Flaw]:
    files = service_files(folder)
    if not files:
        yield _flaw(folder.name, "edition.empty")
    for path in files:
        yield from (_of_problem(one) for one in look_over(path, today)[1] if one.severity is Severity.ERROR)
    # the same id twice: seen only by who reads all of them
    yield from (_of_problem(one) for one in load_shelf(folder).problems)
    if (folder / GROUPS_FILE).exists() and not load_groups(folder):
        yield _flaw(GROUPS_FILE, "edition.no_groups")


def _of_calendar(folder: Path) -> Iterator[Flaw]:
    try:
        if not load_calendar(folder).years:
            yield _flaw(folder.name, "edition.empty")
    except CalendarFault as fault:
        words = str(fault)
        yield Flaw(words.partition(":")[0], Text(dict.fromkeys(LANGUAGES, words)))


def _of_problem(problem: Problem) -> Flaw:
    return Flaw(problem.file, Text({language: problem.show(language) for language in LANGUAGES}))


def _flaw(name: str, key: str) -> Flaw:
    return Flaw(name, load_catalogue("box").text(key, name=name))
