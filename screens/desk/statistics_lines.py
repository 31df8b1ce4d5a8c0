"""Statistics as lines to read: the number always stands there, the bar only shows it once more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kiosk.cases.counts import RatedMonth, ServiceCounts, Statistics
from kiosk.text import Text
from screens.desk.lines import Kind, Line

BAR = 24
"""Columns of the longest bar."""
_EIGHTHS = " ▏▎▍▌▋▊▉"
_LEAD = "  "

Words = Callable[..., str]
"""A text of the desk in the language of the moment, as `Counter.words` gives it."""


@dataclass(frozen=True, slots=True)
class Teller:
    """How they are told: in which words, with which titles of services, with bars or without."""

    words: Words
    title: Callable[[str], str]
    bars: bool = True

    def number(self, count: int | None) -> str:
        """The count, or that it is too small to tell."""
        return self.words("statistics.few") if count is None else str(count)

    def per_cent(self, share: int | None) -> str:
        """The share, or that it cannot be told."""
        return self.words("statistics.untold") if share is None else f"{share}%"

    def days(self, days: int | None) -> str:
        """So many workdays, or that it cannot be told."""
        if days is None:
            return self.words("statistics.untold")
        return self.words("statistics.days", n=days) if days else self.words("statistics.same_day")


def statistics_lines(told: Statistics, teller: Teller) -> list[Line]:
    """Everything, under a heading each."""
    return [
        *_heading(teller, "handed_in"),
        *_handed_in(told, teller),
        *_heading(teller, "decided"),
        *_decided(told, teller),
        *_heading(teller, "states"),
        *_bars({teller.words(f"state.{state}"): n for state, n in told.states.items()}, teller),
        *_heading(teller, "services"),
        *(Line(_service(one, teller), lead=_LEAD) for one in told.services),
        *_heading(teller, "ratings"),
        *_bars({teller.words(f"level.{level}"): n for level, n in told.levels.items()}, teller),
        *(Line(_rated(one, teller), lead=_LEAD) for one in told.rated),
        Line(""),
        Line(teller.words("statistics.why_few"), Kind.QUIET),
    ]


def _heading(teller: Teller, name: str) -> Iterator[Line]:
    if name != "handed_in":
        yield Line("")
    yield Line(teller.words(f"statistics.{name}"), Kind.HEADING)


def _handed_in(told: Statistics, teller: Teller) -> Iterator[Line]:
    number = teller.number
    yield Line(
        teller.words(
            "statistics.came",
            n=number(told.handed_in),
            alone=number(told.alone),
            helped=number(told.helped),
        ),
        lead=_LEAD,
    )
    form = "%Y-%m" if told.by_month else "%m-%d"
    name = "statistics.month" if told.by_month else "statistics.week"
    steps = {teller.words(name, day=f"{day:{form}}"): n for day, n in told.in_steps.items()}
    yield from _bars(steps, teller)


def _decided(told: Statistics, teller: Teller) -> Iterator[Line]:
    words = teller.words
    yield Line(words("statistics.were_decided", n=teller.number(told.decided)), lead=_LEAD)
    yield Line(words("statistics.median", days=teller.days(told.median)), lead=_LEAD)
    yield Line(words("statistics.ninetieth", days=teller.days(told.ninetieth)), lead=_LEAD)
    yield Line(words("statistics.late", share=teller.per_cent(told.late)), lead=_LEAD)
    yield Line(words("statistics.asked", share=teller.per_cent(told.asked)), lead=_LEAD)


def _service(one: ServiceCounts, teller: Teller) -> str:
    number = teller.number
    return teller.words(
        "statistics.service",
        service=teller.title(one.service_id),
        n=number(one.handed_in),
        open=number(one.open),
        decided=number(one.decided),
        refused=number(one.refused),
        withdrawn=number(one.withdrawn),
    )


def _rated(one: RatedMonth, teller: Teller) -> str:
    service = teller.title(one.service_id) if one.service_id else teller.words("statistics.visit")
    return teller.words(
        "statistics.rated",
        month=f"{one.month:%Y-%m}",
        service=service,
        n=teller.number(one.times),
        share=teller.per_cent(one.content),
    )


def _bars(counts: Mapping[str, int | None], teller: Teller) -> list[Line]:
    """A line each: what it is, how many, and how long that is beside the others."""
    if not counts:
        return [Line(teller.words("statistics.none"), Kind.QUIET, _LEAD)]
    most = max((n for n in counts.values() if n is not None), default=0)
    lines = []
    for name, n in counts.items():
        told = teller.words("statistics.line", name=name, n=teller.number(n))
        bar = _bar(n, most) if teller.bars and n and most else ""
        lines.append(Line(f"{told}  {bar}".rstrip(), lead=_LEAD))
    return lines


def _bar(count: int, most: int) -> str:
    """In eighths of a column: also a small one can be seen."""
    eighths = max(1, round(count * BAR * 8 / most))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def title_of(titles: Mapping[str, Text], language: str) -> Callable[[str], str]:
    """The title of a service; of one that is gone, its id."""
    return lambda name: titles[name].show(language) if name in titles else name
