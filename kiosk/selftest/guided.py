"""A person tries what only a person can tell of this kiosk: keys, sound, readers, paper, touch. Pure.

`Walk` is the way through it as a frozen value. What has to be done outside (a sentence said, the microphone
opened, a strip printed) is counted in it: whoever walks does it when the number grows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kiosk.catalogue import load_catalogue
from kiosk.selftest.finding import Finding, State
from kiosk.text import Text

MEANT = 180
"""Seconds that all of it may take."""
CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")
"""In the order in which they are touched."""


class Step(StrEnum):
    """What is tried, as the morning check calls the parts."""

    KEYPAD = "keypad"
    SOUND = "sound"
    HEADPHONES = "headphones"
    MICROPHONE = "microphone"
    IDENTITY_CARD = "identity_card"
    SOCIAL_CARD = "social_card"
    MEMBER_CARD = "member_card"
    CODE = "code"
    PRINTER = "printer"
    TOUCH = "touch"


READERS = frozenset({Step.IDENTITY_CARD, Step.SOCIAL_CARD, Step.MEMBER_CARD, Step.CODE})
_LAID_OUT_FOR_NONE = frozenset({Step.KEYPAD, Step.HEADPHONES, Step.TOUCH})
"""A kiosk may be without them. Whatever else is tried stands in the settings."""


class Side(StrEnum):
    """Which page of a step."""

    ASKED = "asked"
    AFTER = "after"
    """What was asked for is done, and somebody says how it was."""
    SKIPPING = "skipping"


@dataclass(frozen=True, slots=True)
class Result:
    """How a step came out."""

    state: State
    key: str
    """Of the catalogue `guided`."""
    seconds: float
    values: Mapping[str, str | Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A key to press, by the name it comes under, and what it is called."""

    name: str
    label: Text


@dataclass(frozen=True, slots=True)
class Walk:
    """How far somebody has come. Times are seconds of a clock that never runs backwards."""

    steps: tuple[Step, ...]
    keys: tuple[Asked, ...]
    """The last one is the key that goes on."""
    began: float
    place: int = -1
    """Before the first step; behind the last one is the end."""
    side: Side = Side.ASKED
    since: float = 0.0
    results: Mapping[Step, Result] = field(default_factory=dict)
    pressed: frozenset[str] = frozenset()
    corners: int = 0
    """How many have been touched."""
    astray: bool = False
    """A touch came, and not where the finger was."""
    heard: bool = False
    """Something came through the microphone."""
    troubles: Mapping[Step, Text] = field(default_factory=dict)
    """What devices say is wrong with them, each until it says something else."""
    kept: bool = True
    """False where the report could not be."""
    said: int = 0
    listened: int = 0
    printed: int = 0
    """How often each was asked for."""

    @property
    def step(self) -> Step | None:
        """None at both ends."""
        return self.steps[self.place] if 0 <= self.place < len(self.steps) else None

    @property
    def trouble(self) -> Text | None:
        """What is wrong with what is tried now, as it says itself."""
        return self.troubles.get(self.step) if self.step is not None else None

    @property
    def ended(self) -> bool:
        """Everything was tried or skipped."""
        return self.place >= len(self.steps)

    @property
    def dark(self) -> tuple[Asked, ...]:
        """The keys that have not come yet."""
        return tuple(one for one in self.keys if one.name not in self.pressed)

    @property
    def trying_keys(self) -> bool:
        """Keys are tried now, and choose nothing."""
        return self.step is Step.KEYPAD and self.side is Side.ASKED

    @property
    def corner(self) -> str:
        """Which corner is to be touched; empty where none is."""
        touching = self.step is Step.TOUCH and self.side is Side.ASKED
        return CORNERS[self.corners] if touching and self.corners < len(CORNERS) else ""

    def taken(self, now: float) -> float:
        """Seconds since the first step began."""
        return now - self.began if self.place >= 0 else 0.0

    def findings(self, now: float) -> list[Finding]:
        """A line for each step, in their order, and the time where it was too long for a morning."""
        found = [_finding(step, self.results[step]) for step in self.steps if step in self.results]
        return found + ([_slow(self.taken(now))] if self.taken(now) > MEANT else [])


def begin(steps: Sequence[Step], keys: Sequence[Asked], now: float) -> Walk:
    """At the page before the first step."""
    return Walk(tuple(steps), tuple(keys), now)


# what somebody does


def choose(walk: Walk, choice: str, now: float) -> Walk:
    """One of the choices of the page, by its id."""
    if walk.step is None:
        return _to(replace(walk, began=now), 0, now) if choice == "begin" else walk
    if walk.side is Side.SKIPPING:
        return _skipped(walk, choice, now)
    if choice == "again":
        return again(walk)
    if (walk.step, choice) == (Step.KEYPAD, "rest"):
        return replace(walk, side=Side.AFTER)
    if (walk.step, choice) == (Step.HEADPHONES, "in"):
        return replace(walk, side=Side.AFTER, said=walk.said + 1)
    return _answered(walk, choice, now)


def press(walk: Walk, name: str, now: float) -> Walk:
    """A key, while keys are tried. The key that goes on, pressed once more, says that the rest do nothing."""
    if not walk.trying_keys or name not in {one.name for one in walk.keys}:
        return walk
    if name == walk.keys[-1].name and name in walk.pressed:
        return replace(walk, side=Side.AFTER)
    walk = replace(walk, pressed=walk.pressed | {name})
    return walk if walk.dark else _done(walk, State.GOOD, "keypad.good", now)


def touch(walk: Walk, corner: str, now: float) -> Walk:
    """A finger where the screen takes it to be; an empty `corner`: nowhere near one."""
    if not walk.corner:
        return walk
    if corner != walk.corner:
        return replace(walk, astray=True)
    walk = replace(walk, corners=walk.corners + 1, astray=False)
    return walk if walk.corner else _done(walk, State.GOOD, "touch.good", now)


def read(walk: Walk, step: Step, now: float) -> Walk:
    """A reader has read something; what it was is nobody's business here."""
    return _done(walk, State.GOOD, "reading.good", now) if walk.step is step else walk


def ails(walk: Walk, step: Step, trouble: Text | None) -> Walk:
    """A device says what is wrong with it, or that nothing is."""
    others = {one: words for one, words in walk.troubles.items() if one is not step}
    return replace(walk, troubles=others if trouble is None else {**others, step: trouble})


def understood(walk: Walk, now: float) -> Walk:
    """The word was heard."""
    at_it = walk.step is Step.MICROPHONE and walk.side is Side.ASKED
    return _done(walk, State.GOOD, "microphone.good", now) if at_it else walk


def sounded(walk: Walk) -> Walk:
    """Something came through the microphone."""
    return replace(walk, heard=True) if walk.step is Step.MICROPHONE else walk


def again(walk: Walk) -> Walk:
    """Once more what the step does."""
    if walk.side is Side.SKIPPING:
        return walk
    if walk.step is Step.SOUND or (walk.step is Step.HEADPHONES and walk.side is Side.AFTER):
        return replace(walk, said=walk.said + 1)
    if walk.step is Step.MICROPHONE:
        return replace(ails(walk, walk.step, None), listened=walk.listened + 1)
    if walk.step is Step.PRINTER:
        return replace(ails(walk, walk.step, None), printed=walk.printed + 1)
    if walk.step is Step.KEYPAD:
        return replace(walk, side=Side.ASKED, pressed=frozenset())
    return walk


def unkept(walk: Walk) -> Walk:
    """The report could not be kept."""
    return replace(walk, kept=False)


def skip(walk: Walk) -> Walk:
    """Why not, is asked next."""
    return replace(walk, side=Side.SKIPPING) if walk.step is not None else walk


def back(walk: Walk, now: float) -> Walk:
    """To the page before; what was found there is asked anew."""
    if walk.side is not Side.ASKED:
        return replace(walk, side=Side.ASKED, pressed=frozenset())
    return _to(walk, walk.place - 1, now) if walk.place > 0 else walk


def group_of(step: Step) -> str:
    """Under which name the catalogue has its words: all readers share theirs."""
    return "reading" if step in READERS else step


# how it comes out

_STATES = {
    (Step.KEYPAD, "broken"): State.BAD,
    (Step.SOUND, "clear"): State.GOOD,
    (Step.SOUND, "faint"): State.LOOK,
    (Step.SOUND, "nothing"): State.BAD,
    (Step.HEADPHONES, "alone"): State.GOOD,
    (Step.HEADPHONES, "both"): State.LOOK,
    (Step.HEADPHONES, "nothing"): State.BAD,
    (Step.MICROPHONE, "deaf"): State.BAD,
    (Step.PRINTER, "clear"): State.GOOD,
    (Step.PRINTER, "faint"): State.LOOK,
    (Step.PRINTER, "nothing"): State.BAD,
    (Step.TOUCH, "nothing"): State.BAD,
    **{(step, "nothing"): State.BAD for step in READERS},
}


def _answered(walk: Walk, choice: str, now: float) -> Walk:
    step = walk.step
    if step is None:
        return walk
    if (step, choice) == (Step.KEYPAD, "lacks"):
        return _done(walk, State.GOOD, "keypad.lacks", now, keys=row(walk.dark))
    state = _STATES.get((step, choice))
    if state is None:
        return walk
    if step is Step.KEYPAD:
        return _done(walk, state, "keypad.broken", now, keys=row(walk.dark))
    key = f"{group_of(step)}.was_{choice}"
    if (step, walk.heard) == (Step.MICROPHONE, True):
        state, key = State.LOOK, "microphone.unclear"
    if (step, walk.astray or walk.corners > 0) == (Step.TOUCH, True):
        key = "touch.elsewhere"
    if state is State.BAD and walk.trouble is not None:
        return _done(walk, state, "found.trouble", now, trouble=walk.trouble)
    return _done(walk, state, key, now)


def _skipped(walk: Walk, choice: str, now: float) -> Walk:
    if choice == "later":
        return _done(walk, State.LOOK, "skipped.later", now)
    if choice != "none":
        return walk
    if walk.step in _LAID_OUT_FOR_NONE:
        return _done(walk, State.GOOD, "skipped.none", now)
    return _done(walk, State.LOOK, "skipped.none_but_set", now)


def _done(walk: Walk, state: State, key: str, now: float, **values: Text) -> Walk:
    assert walk.step is not None
    result = Result(state, key, now - walk.since, values)
    return _to(replace(walk, results={**walk.results, walk.step: result}), walk.place + 1, now)


def _to(walk: Walk, place: int, now: float) -> Walk:
    """The first page of a step, with what it does by itself."""
    walk = replace(
        walk,
        place=place,
        side=Side.ASKED,
        since=now,
        pressed=frozenset(),
        corners=0,
        astray=False,
        heard=False,
    )
    # headphones are put in first
    return walk if walk.step in (Step.KEYPAD, Step.HEADPHONES) else again(walk)


def _finding(step: Step, result: Result) -> Finding:
    return Finding(step, result.state, load_catalogue("guided").text(result.key, **result.values))


def _slow(seconds: float) -> Finding:
    words = load_catalogue("guided").text("found.slow", time=clock_words(seconds), meant=clock_words(MEANT))
    return Finding("time", State.LOOK, words)


def clock_words(seconds: float) -> str:
    """Minutes and seconds, as a clock shows them."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def row(keys: Sequence[Asked]) -> Text:
    """Their names, one after another."""
    languages = sorted({language for one in keys for language in one.label.shown})
    between = {"zh": "、"}
    return Text({one: between.get(one, ", ").join(key.label.show(one) for key in keys) for one in languages})
