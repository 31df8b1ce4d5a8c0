"""How much there was to do in a span of days, and how it went. Pure: from counts by day, never from cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kiosk.cases.rating import LEVELS
from kiosk.cases.small_cells import FEWEST, share, shown
from kiosk.cases.states import State

DAYS = 30
MANY_WEEKS = 14
"""More of them are told by month."""
CONTENT = 4
"""From this level on somebody was content."""


class What(StrEnum):
    """What is counted of a day."""

    HANDED_IN = "handed_in"
    """`size`: 1 where somebody helped, else 0."""
    DECIDED = "decided"
    """`size`: workdays from handing in."""
    REFUSED = "refused"
    LATE = "late"
    ASKED = "asked"
    """Decided after more had been asked for."""
    WITHDRAWN = "withdrawn"
    RATED = "rated"
    """`size`: the level."""


@dataclass(frozen=True, slots=True)
class Tally:
    """So many times this happened on a day, in one service."""

    day: date
    service_id: str
    what: What
    size: int
    times: int


class Span(StrEnum):
    """Which days are looked at; each ends today."""

    DAYS = "days"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def first_day(span: Span, today: date) -> date:
    """The first of them."""
    match span:
        case Span.DAYS:
            return today - timedelta(days=DAYS - 1)
        case Span.MONTH:
            return today.replace(day=1)
        case Span.QUARTER:
            return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        case Span.YEAR:
            return today.replace(month=1, day=1)


@dataclass(frozen=True, slots=True)
class ServiceCounts:
    """One service; None where the number would point at somebody."""

    service_id: str
    handed_in: int | None
    open: int | None
    decided: int | None
    refused: int | None
    withdrawn: int | None


@dataclass(frozen=True, slots=True)
class RatedMonth:
    """The ratings of one month in one service; an empty id: of the visit as a whole."""

    month: date
    service_id: str
    times: int | None
    content: int | None
    """Per cent who were content."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a manager is told. None: too few, it would point at somebody, or nothing to tell."""

    first: date
    last: date
    handed_in: int | None
    in_steps: Mapping[date, int | None]
    """Handed in, by week or month, under the first day of each."""
    by_month: bool
    alone: int | None
    helped: int | None
    decided: int | None
    median: int | None
    """Workdays from handing in to the decision."""
    ninetieth: int | None
    late: int | None
    """Per cent of what was decided."""
    asked: int | None
    """Per cent of what was decided, for which more had to be brought first."""
    states: Mapping[State, int | None]
    """Open today."""
    services: tuple[ServiceCounts, ...]
    levels: Mapping[int, int | None]
    rated: tuple[RatedMonth, ...]


def statistics(
    tallies: Iterable[Tally], standing: Mapping[tuple[str, State], int], first: date, last: date
) -> Statistics:
    """Of what happened from `first` to `last`; `standing`: open now, by service and state."""
    seen = [tally for tally in tallies if first <= tally.day <= last]
    handed_in = _sum_of(seen, What.HANDED_IN)
    by_size = {what: _sizes(seen, what) for what in What}
    decided = sum(by_size[What.DECIDED].values())
    by_month = (last - first).days > MANY_WEEKS * 7
    helped = shown({bool(size): by_size[What.HANDED_IN][size] for size in (0, 1)})
    days = by_size[What.DECIDED] if decided >= FEWEST else Counter[int]()
    return Statistics(
        first,
        last,
        handed_in=shown({"": handed_in})[""],
        in_steps=shown(_steps(seen, first, last, by_month=by_month)),
        by_month=by_month,
        alone=helped[False],
        helped=helped[True],
        decided=shown({"": decided})[""],
        median=_nearest(days, 50),
        ninetieth=_nearest(days, 90),
        late=share(sum(by_size[What.LATE].values()), decided),
        asked=share(sum(by_size[What.ASKED].values()), decided),
        states=shown(_states(standing)),
        services=_services(seen, standing),
        levels=shown({level: by_size[What.RATED][level] for level in LEVELS}),
        rated=_rated(seen),
    )


def _sum_of(seen: Iterable[Tally], what: What) -> int:
    return sum(tally.times for tally in seen if tally.what is what)


def _sizes(seen: Iterable[Tally], what: What) -> Counter[int]:
    found: Counter[int] = Counter()
    for tally in seen:
        if tally.what is what:
            found[tally.size] += tally.times
    return found


def _nearest(sizes: Counter[int], per_cent: int) -> int | None:
    """The smallest size that so many of a hundred do not go beyond."""
    needed, reached = sum(sizes.values()) * per_cent / 100, 0
    for size in sorted(sizes):
        reached += sizes[size]
        if reached >= needed:
            return size
    return None


def _begins(day: date, *, by_month: bool) -> date:
    return day.replace(day=1) if by_month else day - timedelta(days=day.weekday())


def _steps(seen: Iterable[Tally], first: date, last: date, *, by_month: bool) -> dict[date, int]:
    """Also those in which nothing came."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    found = dict.fromkeys((_begins(day, by_month=by_month) for day in days), 0)
    for tally in seen:
        if tally.what is What.HANDED_IN:
            found[_begins(tally.day, by_month=by_month)] += tally.times
    return found


def _states(standing: Mapping[tuple[str, State], int]) -> dict[State, int]:
    found: Counter[State] = Counter()
    for (_, state), times in standing.items():
        found[state] += times
    return {state: found[state] for state in State if found[state]}


def _services(seen: list[Tally], standing: Mapping[tuple[str, State], int]) -> tuple[ServiceCounts, ...]:
    counted: dict[str, Counter[str]] = {}
    for tally in seen:
        if tally.what is not What.RATED:
            counted.setdefault(tally.service_id, Counter())[tally.what] += tally.times
    for (service, _), times in standing.items():
        counted.setdefault(service, Counter())["open"] += times
    names = sorted(counted, key=lambda name: (-counted[name][What.HANDED_IN], name))
    columns = {
        what: shown({name: counted[name][what] for name in names})
        for what in (What.HANDED_IN, "open", What.DECIDED, What.REFUSED, What.WITHDRAWN)
    }
    return tuple(ServiceCounts(name, *(column[name] for column in columns.values())) for name in names)


def _rated(seen: list[Tally]) -> tuple[RatedMonth, ...]:
    counted: dict[tuple[date, str], Counter[int]] = {}
    for tally in seen:
        if tally.what is What.RATED:
            month = tally.day.replace(day=1), tally.service_id
            counted.setdefault(month, Counter())[tally.size] += tally.times
    times = shown({key: sum(levels.values()) for key, levels in counted.items()})
    return tuple(
        RatedMonth(month, service, times[month, service], _content(counted[month, service]))
        for month, service in sorted(counted)
    )


def _content(levels: Counter[int]) -> int | None:
    content = sum(times for level, times in levels.items() if level >= CONTENT)
    return share(content, sum(levels.values()))
