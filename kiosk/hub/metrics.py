"""How the hub stands, as OpenMetrics text, for whoever watches many machines: names and numbers of boxes.

The form is OpenMetrics 1.0 (prometheus.io/docs/specs/om/open_metrics_spec): the type of a family before its
samples, all samples of a family together, "# EOF" at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum

from kiosk.hub.report import Paper, Reader, Report, Sound
from kiosk.hub.standing import KioskStanding

_TIMES: tuple[tuple[str, str, Callable[[KioskStanding], datetime | None]], ...] = (
    ("bangban_hub_kiosk_heard", "When the hub last heard of the kiosk.", lambda one: one.heard_at),
    ("bangban_hub_kiosk_sent", "When the kiosk last sent something.", lambda one: one.sent_at),
    ("bangban_hub_parcel_oldest", "Since when its first parcel not taken in waits.", lambda one: one.oldest),
)
_COUNTS: tuple[tuple[str, str, Callable[[KioskStanding], int]], ...] = (
    ("bangban_hub_kiosk_highest", "The highest number the kiosk has sent.", lambda one: one.highest),
    ("bangban_hub_parcels_waiting", "Parcels no desk has taken in yet.", lambda one: one.waiting),
    ("bangban_hub_parcels_set_aside", "Parcels that could not be taken in.", lambda one: one.set_aside),
    (
        "bangban_hub_parcels_quarantined",
        "Parcels under another's id, or broken.",
        lambda one: one.quarantined,
    ),
    ("bangban_hub_alarms_new", "Alarms nobody has looked at.", lambda one: one.alarms),
    ("bangban_hub_news_waiting", "News in the kiosk's mailbox.", lambda one: one.news),
    ("bangban_hub_kiosk_revoked", "1 where it is let in no more.", lambda one: int(one.revoked)),
)
_Said = Callable[[Report], float | None]
_SAID: tuple[tuple[str, str, _Said], ...] = (
    ("bangban_hub_kiosk_backlog", "Parcels that wait at the kiosk to be sent.", lambda said: said.waiting),
    ("bangban_hub_kiosk_calls_waiting", "People there who called and wait.", lambda said: said.calls),
)
_SAID_TIMES: tuple[tuple[str, str, Callable[[Report], datetime | None]], ...] = (
    ("bangban_hub_kiosk_backlog_oldest", "Since when the first of them waits.", lambda said: said.oldest),
    ("bangban_hub_kiosk_certificate_ends", "When its certificate ends.", lambda said: said.certificate_ends),
    ("bangban_hub_kiosk_checked", "When its last morning check was made.", lambda said: said.checked_at),
)
_STATES: tuple[tuple[str, str, type[StrEnum], Callable[[Report], str]], ...] = (
    ("bangban_hub_kiosk_paper", "How much paper its receipt printer has.", Paper, lambda said: said.paper),
    ("bangban_hub_kiosk_reader", "Its reader of identity cards.", Reader, lambda said: said.reader),
    ("bangban_hub_kiosk_sound", "Whether it is heard.", Sound, lambda said: said.sound),
)


def metrics(kiosks: Sequence[KioskStanding], pending: int, now: datetime) -> str:
    """`pending`: steps of the schema that were not applied yet. `now`: by the hub's clock."""
    lines = (*_of_hub(kiosks), *_of_kiosks(kiosks, now), *_of_schema(pending))
    return "".join(f"{line}\n" for line in lines)


def _of_kiosks(kiosks: Sequence[KioskStanding], now: datetime) -> Iterator[str]:
    """What each says of itself; what is too old to count is left out."""
    heard = [(one, said) for one in kiosks if (said := one.fresh(now)) is not None]
    yield from _family("bangban_hub_kiosk_alive", "gauge", "1 where it was heard of in the last ten minutes.")
    yield from (f"bangban_hub_kiosk_alive{_labels(one)} {int(one.alive(now))}" for one in kiosks)
    for name, words, count_of in _SAID:
        yield from _family(name, "gauge", words)
        yield from (f"{name}{_labels(one)} {count_of(said)}" for one, said in heard)
    for name, words, moment_of in _SAID_TIMES:
        family = f"{name}_timestamp_seconds"
        yield from _family(family, "gauge", words, "seconds")
        moments = ((one, moment_of(said)) for one, said in heard)
        yield from (f"{family}{_labels(one)} {at.timestamp():.3f}" for one, at in moments if at is not None)
    ahead = "bangban_hub_kiosk_clock_ahead_seconds"
    yield from _family(ahead, "gauge", "How far its clock is ahead of the hub's.", "seconds")
    yield from (f"{ahead}{_labels(one)} {_seconds(one):.3f}" for one, _said in heard)
    for name, words, states, state_of in _STATES:
        yield from _family(name, "stateset", words)
        for one, said in heard:
            for state in states:
                if state:
                    yield f"{name}{_labels(one, (name, state))} {int(state_of(said) == state)}"


def _seconds(one: KioskStanding) -> float:
    ahead = one.clock_ahead
    return ahead.total_seconds() if ahead is not None else 0.0


def _family(name: str, kind: str, words: str, unit: str = "") -> Iterator[str]:
    yield f"# TYPE {name} {kind}"
    if unit:
        yield f"# UNIT {name} {unit}"
    yield f"# HELP {name} {words}"


def _of_hub(kiosks: Sequence[KioskStanding]) -> Iterator[str]:
    """What the hub sees by itself."""
    for name, words, moment_of in _TIMES:
        family = f"{name}_timestamp_seconds"
        yield from _family(family, "gauge", words, "seconds")
        for one in kiosks:
            moment = moment_of(one)
            if moment is not None:
                yield f"{family}{_labels(one)} {moment.timestamp():.3f}"
    for name, words, count_of in _COUNTS:
        yield from _family(name, "gauge", words)
        yield from (f"{name}{_labels(one)} {count_of(one)}" for one in kiosks)


def _of_schema(pending: int) -> Iterator[str]:
    name = "bangban_hub_schema_pending"
    yield from _family(name, "gauge", "Steps of the schema that were not applied yet.")
    yield f"{name} {pending}"
    yield "# EOF"


def _labels(one: KioskStanding, *more: tuple[str, str]) -> str:
    """All are small letters, digits and _ (kiosk.hub.members): nothing in them wants escaping."""
    pairs = (("centre", one.centre), ("kiosk", one.kiosk), *more)
    return "{" + ",".join(f'{name}="{value}"' for name, value in pairs) + "}"
