"""How the hub stands, as OpenMetrics text, for whoever watches many machines: names and numbers of boxes.

The form is OpenMetrics 1.0 (prometheus.io/docs/specs/om/open_metrics_spec): the type of a family before its
samples, all samples of a family together, "# EOF" at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

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


def metrics(kiosks: Sequence[KioskStanding], pending: int) -> str:
    """`pending`: steps of the schema that were not applied yet."""
    return "".join(f"{line}\n" for line in _lines(kiosks, pending))


def _lines(kiosks: Sequence[KioskStanding], pending: int) -> Iterator[str]:
    for name, words, moment_of in _TIMES:
        family = f"{name}_timestamp_seconds"
        yield from (f"# TYPE {family} gauge", f"# UNIT {family} seconds", f"# HELP {family} {words}")
        for one in kiosks:
            moment = moment_of(one)
            if moment is not None:
                yield f"{family}{_labels(one)} {moment.timestamp():.3f}"
    for name, words, count_of in _COUNTS:
        yield from (f"# TYPE {name} gauge", f"# HELP {name} {words}")
        yield from (f"{name}{_labels(one)} {count_of(one)}" for one in kiosks)
    yield "# TYPE bangban_hub_schema_pending gauge"
    yield "# HELP bangban_hub_schema_pending Steps of the schema that were not applied yet."
    yield f"bangban_hub_schema_pending {pending}"
    yield "# EOF"


def _labels(one: KioskStanding) -> str:
    """Both are small letters, digits and _ (kiosk.hub.members): nothing in them wants escaping."""
    return f'{{centre="{one.centre}",kiosk="{one.kiosk}"}}'
