"""A waiting number as a line of the desk's list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kiosk.cases.calling import Standing, Waiter
from kiosk.text import Text
from screens.desk.counter import Counter
from screens.desk.table import Column, Row
from screens.desk.wording import MINUTE


def columns(counter: Counter) -> Sequence[Column]:
    """What the list tells of each."""
    words = counter.words
    return (
        Column(words("waiting.number")),
        Column(words("waiting.for"), drop=1, least=8),
        Column(words("waiting.lane")),
        Column(words("waiting.standing")),
        Column(words("waiting.minutes")),
    )


def row(counter: Counter, one: Waiter, names: Mapping[str, Text]) -> Row:
    """`names`: what people come for, by letter."""
    words, name = counter.words, names.get(one.letter)
    waited = int((counter.clock.now() - one.drawn_at).total_seconds() // MINUTE)
    cells = (
        one.label,
        name.show(counter.language) if name else "",
        words(f"waiting.{one.lane}"),
        words(f"waiting.{one.standing}", window=one.window),
        words("waiting.waited", n=max(waited, 0)),
    )
    return Row(str(one.id), cells)


def here(counter: Counter, mine: Waiter | None, *, waits: bool) -> str:
    """Whom this window has, and what to press then; `waits`: is there a next one to call?"""
    if mine is None:
        return counter.words("waiting.none_here")
    key = "waiting.serving_here" if mine.standing is Standing.SERVING else "waiting.called_here"
    return counter.words(key if waits else f"{key}_last", number=mine.label)
