"""What somebody should do something about at a kiosk, the worst first, in words for staff and installers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from kiosk.hub.report import Paper, Reader, Report, Sound
from kiosk.hub.standing import SILENT_AFTER, KioskStanding
from kiosk.text import Catalogue, Text

BEHIND_AFTER = timedelta(minutes=15)
"""Parcels are sent within seconds, and taken in whenever a desk looks at its board."""
CLOCK_OFF = timedelta(minutes=5)
"""A line is slow by seconds; a clock that is off by more tells people wrong days sooner or later."""
ENDS_SOON = timedelta(days=30)
"""Whoever carries a request to the authority and back needs some weeks."""


class Wrong(StrEnum):
    """By how much it keeps from people, the worst first. The catalogue `kiosks` has words for each."""

    NEVER = "never"
    SILENT = "silent"
    READER = "reader"
    PAPER_OUT = "paper_out"
    PAPER_STUCK = "paper_stuck"
    SOUND = "sound"
    CHECK_BAD = "check_bad"
    TRIED_BAD = "tried_bad"
    BEHIND = "behind"
    NOT_TAKEN = "not_taken"
    SET_ASIDE = "set_aside"
    QUARANTINE = "quarantine"
    ALARMS = "alarms"
    CLOCK = "clock"
    CERTIFICATE = "certificate"
    PAPER_LOW = "paper_low"
    CHECK_LOOK = "check_look"
    TRIED_LOOK = "tried_look"


_ORDER = {kind: place for place, kind in enumerate(Wrong)}
_PAPER = {Paper.OUT: Wrong.PAPER_OUT, Paper.STUCK: Wrong.PAPER_STUCK, Paper.LOW: Wrong.PAPER_LOW}
_CHECKED = {"bad": Wrong.CHECK_BAD, "look": Wrong.CHECK_LOOK}
_TRIED = {"bad": Wrong.TRIED_BAD, "look": Wrong.TRIED_LOOK}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to do something about."""

    kind: Wrong
    count: int = 0
    at: datetime | None = None
    parts: tuple[str, ...] = field(default=())
    """Of the morning check, as its catalogue calls them."""


def troubles(one: KioskStanding, now: datetime) -> list[Trouble]:
    """The worst first. `now`: by the hub's clock. A kiosk that was sent away is no trouble."""
    found = [] if one.revoked else [*_of_hub(one, now), *_of_kiosk(one, now)]
    return sorted(found, key=lambda trouble: _ORDER[trouble.kind])


def worst_first(kiosks: Iterable[KioskStanding], now: datetime) -> list[KioskStanding]:
    """Those to do something about, then the good ones; those that were sent away last."""

    def rank(one: KioskStanding) -> tuple[bool, int, str, str]:
        found = troubles(one, now)
        return one.revoked, _ORDER[found[0].kind] if found else len(_ORDER), one.centre, one.kiosk

    return sorted(kiosks, key=rank)


def _of_hub(one: KioskStanding, now: datetime) -> Iterator[Trouble]:
    """What the hub sees by itself."""
    if one.heard_at is None:
        yield Trouble(Wrong.NEVER)
    elif now - one.heard_at > SILENT_AFTER:
        yield Trouble(Wrong.SILENT, at=one.heard_at)
    if one.oldest is not None and now - one.oldest > BEHIND_AFTER:
        yield Trouble(Wrong.NOT_TAKEN, one.waiting, one.oldest)
    for count, kind in (
        (one.set_aside, Wrong.SET_ASIDE), (one.quarantined, Wrong.QUARANTINE), (one.alarms, Wrong.ALARMS),
    ):  # fmt: skip
        if count:
            yield Trouble(kind, count)


def _of_kiosk(one: KioskStanding, now: datetime) -> Iterator[Trouble]:
    """What it says of itself; a word that only a newer kiosk knows is passed over."""
    said = one.fresh(now)
    if said is None:
        return
    if said.reader == Reader.AWAY:
        yield Trouble(Wrong.READER)
    if (paper := next((kind for word, kind in _PAPER.items() if word == said.paper), None)) is not None:
        yield Trouble(paper)
    if said.sound == Sound.AWAY:
        yield Trouble(Wrong.SOUND)
    yield from _of_its_times(one, said, now)


def _of_its_times(one: KioskStanding, said: Report, now: datetime) -> Iterator[Trouble]:
    if said.oldest is not None and said.said_at - said.oldest > BEHIND_AFTER:
        yield Trouble(Wrong.BEHIND, said.waiting, said.oldest)
    ahead = one.clock_ahead
    if ahead is not None and abs(ahead) > CLOCK_OFF:
        yield Trouble(Wrong.CLOCK, int(abs(ahead).total_seconds() // 60))
    if said.certificate_ends is not None and said.certificate_ends - now < ENDS_SOON:
        yield Trouble(Wrong.CERTIFICATE, at=said.certificate_ends)
    if (checked := _CHECKED.get(said.checked)) is not None:
        yield Trouble(checked, at=said.checked_at, parts=tuple(said.wants_look.split()))
    if (tried := _TRIED.get(said.tried)) is not None:
        yield Trouble(tried, at=said.tried_at, parts=tuple(said.tried_look.split()))


@dataclass(frozen=True, slots=True)
class KioskWords:
    """Their words, where they are told. `zone`: of whoever reads the times."""

    texts: Catalogue
    parts: Catalogue
    """With the parts of the morning check: the catalogue `box`."""
    zone: tzinfo

    def label(self, trouble: Trouble) -> Text:
        """In a word or two."""
        return self.texts.text(f"label.{trouble.kind}", n=trouble.count)

    def advice(self, trouble: Trouble, kiosk: str, language: str) -> str:
        """What it means and what to do, as a sentence with the kiosk's name."""
        at = trouble.at.astimezone(self.zone) if trouble.at else None
        return self.texts.text(
            f"advice.{trouble.kind}",
            kiosk=kiosk,
            n=trouble.count,
            at=f"{at:%Y-%m-%d %H:%M}" if at else "",
            day=f"{at:%Y-%m-%d}" if at else "",
            parts=self._named(trouble.parts, language),
        ).show(language)

    def _named(self, parts: Sequence[str], language: str) -> str:
        """A part that only a newer kiosk has keeps its own name."""
        named = [self.parts.get(f"part.{one}") for one in parts]
        words = [text.show(language) if text else one for one, text in zip(parts, named, strict=True)]
        return ("、" if language == "zh" else ", ").join(words) or "-"
