"""A person tries what only a person can tell of this kiosk: keys, sound, readers, paper, touch. Pure.

`Walk` is the way through it as a frozen value. What has to be done outside (the microphone opened,
a strip printed) is counted in it: whoever walks does it when the number grows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kiosk.catalogue import load_catalogue
from kiosk.selftest.finding import Finding, State
from kiosk.text import Text

MEANT = 3
"""Minutes that all of it may take, and one more where there is more than one reader."""
_MINUTE = 60
PATIENCE = 3
"""So often the microphone opens by itself before somebody is asked what to do."""
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
_KEEPS_CARD = READERS - {Step.CODE}
"""Where somebody may forget a card."""
_LAID_OUT_FOR_NONE = frozenset({Step.KEYPAD, Step.HEADPHONES, Step.TOUCH})
"""A kiosk may be without them. Whatever else is tried stands in the settings."""


class Side(StrEnum):
    """Which page of a step."""

    ASKED = "asked"
    AFTER = "after"
    """What was asked for is done, and somebody says how it was."""
    FAILED = "failed"
    """It is not as it should be: what to do stands there, and it can be tried once more."""
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
    doubt: Result | None = None
    """How the step came out this time, until it is tried once more or noted so."""
    misses: int = 0
    """How often the open microphone has led to nothing."""
    missed: Text | None = None
    """Why, the last time."""
    stopped: int | None = None
    """The place at which somebody stopped half-way."""
    until: float | None = None
    """When the last step was over."""
    lying: frozenset[Step] = frozenset()
    """Readers on which a card lies."""
    left: bool = False
    """Nobody wants anything more of it."""
    kept: bool = True
    """False where the report could not be."""
    listened: int = 0
    printed: int = 0
    """How often the microphone and a strip were asked for."""

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

    @property
    def meant(self) -> int:
        """Minutes that all of it may take."""
        return MEANT + (len(READERS.intersection(self.steps)) > 1)

    def taken(self, now: float) -> float:
        """Seconds since the first step began, or from then to the end."""
        return (now if self.until is None else self.until) - self.began if self.place >= 0 else 0.0

    def findings(self, now: float) -> list[Finding]:
        """A line for each step, in their order, and the time where it was too long for a morning. Who stops
        half-way has not come to all of them.
        """
        found = [
            _finding(step, self.results[step]) if step in self.results else _unreached(step)
            for step in self.steps
            if step in self.results or self.stopped is not None
        ]
        return found + (
            [_slow(self.taken(now), self.meant)] if self.taken(now) > self.meant * _MINUTE else []
        )


def begin(steps: Sequence[Step], keys: Sequence[Asked], now: float) -> Walk:
    """At the page before the first step."""
    return Walk(tuple(steps), tuple(keys), now)


# what somebody does


def choose(walk: Walk, choice: str, now: float) -> Walk:
    """One of the choices of the page, by its id."""
    if walk.step is None:
        return _at_an_end(walk, choice, now)
    if walk.side is Side.SKIPPING:
        return _skipped(walk, choice, now)
    if walk.side is Side.FAILED:
        return _decided(walk, choice, now)
    if choice == "again":
        return again(walk)
    if (walk.step, choice) == (Step.KEYPAD, "rest"):
        return replace(walk, side=Side.AFTER)
    if (walk.step, choice) == (Step.HEADPHONES, "in"):
        return replace(walk, side=Side.AFTER)
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
    walk = replace(walk, lying=walk.lying | ({step} & _KEEPS_CARD))
    return _done(walk, State.GOOD, "reading.good", now) if walk.step is step else walk


def lifted(walk: Walk, step: Step) -> Walk:
    """The card is gone from there."""
    return replace(walk, lying=walk.lying - {step})


def ails(walk: Walk, step: Step, trouble: Text | None) -> Walk:
    """A device says what is wrong with it, or that nothing is."""
    others = {one: words for one, words in walk.troubles.items() if one is not step}
    return replace(walk, troubles=others if trouble is None else {**others, step: trouble})


def understood(walk: Walk, now: float) -> Walk:
    """The word was heard."""
    at_it = walk.step is Step.MICROPHONE and walk.side is Side.ASKED
    return _done(walk, State.GOOD, "microphone.good", now) if at_it else walk


def misheard(walk: Walk, words: Text, *, sounded: bool) -> Walk:
    """The microphone was open, and the word did not come: it opens once more, some times. `sounded`: but
    something else did.
    """
    if walk.step is not Step.MICROPHONE or walk.side is not Side.ASKED:
        return walk
    misses = walk.misses + 1
    walk = replace(walk, heard=walk.heard or sounded, misses=misses, missed=words)
    return replace(walk, listened=walk.listened + 1) if misses < PATIENCE else walk


def again(walk: Walk) -> Walk:
    """Once more what the step does by itself."""
    if walk.step is Step.MICROPHONE:
        walk = replace(ails(walk, walk.step, None), misses=0, missed=None)
        return replace(walk, listened=walk.listened + 1)
    if walk.step is Step.PRINTER:
        return replace(ails(walk, walk.step, None), printed=walk.printed + 1)
    return walk


def unkept(walk: Walk) -> Walk:
    """The report could not be kept."""
    return replace(walk, kept=False)


def skip(walk: Walk) -> Walk:
    """Why not, is asked next."""
    return replace(walk, side=Side.SKIPPING) if walk.step is not None else walk


def stop(walk: Walk, now: float) -> Walk:
    """Here and now: what was found so far is told at the end. Nothing was: then there is nothing to tell."""
    results = _with_doubt(walk)
    if walk.ended or not results:
        return replace(walk, left=True)
    place, stopped = len(walk.steps), max(walk.place, 0)
    return replace(
        walk, place=place, side=Side.ASKED, results=results, doubt=None, stopped=stopped, until=now
    )


def back(walk: Walk, now: float) -> Walk:
    """To the page before; what was found there is asked anew."""
    if walk.stopped is not None:
        return _to(walk, walk.stopped, now)
    if walk.side is not Side.ASKED:
        return replace(walk, side=Side.ASKED, pressed=frozenset(), doubt=None)
    if walk.place == 0:
        return replace(walk, place=-1)
    return _to(walk, walk.place - 1, now) if walk.place > 0 else walk


def group_of(step: Step) -> str:
    """Under which name the catalogue has its words: all readers share theirs."""
    return "reading" if step in READERS else step


# how it comes out

_STATES = {
    (Step.KEYPAD, "broken"): State.BAD,
    (Step.SOUND, "well"): State.GOOD,
    (Step.SOUND, "faint"): State.LOOK,
    (Step.SOUND, "nothing"): State.BAD,
    (Step.HEADPHONES, "alone"): State.GOOD,
    (Step.HEADPHONES, "both"): State.LOOK,
    (Step.HEADPHONES, "nothing"): State.BAD,
    (Step.MICROPHONE, "deaf"): State.BAD,
    (Step.PRINTER, "well"): State.GOOD,
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
        return _done(walk, State.GOOD, "keypad.lacks", now, keys=row_of(walk.dark))
    state = _STATES.get((step, choice))
    if state is None:
        return walk
    if state is State.GOOD:
        return _done(walk, state, f"{group_of(step)}.was_{choice}", now)
    return replace(walk, side=Side.FAILED, doubt=_doubt(walk, step, choice, state, now - walk.since))


def _doubt(walk: Walk, step: Step, choice: str, state: State, seconds: float) -> Result:
    """What it says of itself comes before what anybody could say."""
    if step is Step.KEYPAD and not walk.pressed:
        return Result(state, "keypad.dead", seconds)
    if step is Step.KEYPAD:
        return Result(state, "keypad.broken", seconds, {"keys": row_of(walk.dark)})
    if (step, walk.heard) == (Step.MICROPHONE, True):
        return Result(State.LOOK, "microphone.unclear", seconds)
    if state is State.BAD and walk.trouble is not None:
        return Result(state, "found.trouble", seconds, {"trouble": walk.trouble})
    if (step, walk.astray or walk.corners > 0) == (Step.TOUCH, True):
        return Result(state, "touch.elsewhere", seconds)
    if step is Step.CODE:
        return Result(state, "reading.was_no_code", seconds)
    return Result(state, f"{group_of(step)}.was_{choice}", seconds)


def _decided(walk: Walk, choice: str, now: float) -> Walk:
    """Once more, as something was put right; or it is noted as it is."""
    if choice == "retry":
        return _to(walk, walk.place, now)
    return _noted(walk, walk.doubt, now) if choice == "note" and walk.doubt is not None else walk


def _at_an_end(walk: Walk, choice: str, now: float) -> Walk:
    if choice == "leave":
        return stop(walk, now)
    if walk.ended or choice != "begin":
        return walk
    return _to(walk if walk.results else replace(walk, began=now), 0, now)


def _skipped(walk: Walk, choice: str, now: float) -> Walk:
    if choice == "stop":
        return stop(walk, now)
    if choice == "later" and walk.doubt is not None:
        return _noted(walk, walk.doubt, now)
    if choice == "later":
        return _done(walk, State.LOOK, "skipped.later", now)
    if choice != "none":
        return walk
    if walk.step in _LAID_OUT_FOR_NONE:
        return _done(walk, State.GOOD, "skipped.none", now)
    return _done(walk, State.LOOK, "skipped.none_but_set", now)


def _done(walk: Walk, state: State, key: str, now: float, **values: Text) -> Walk:
    return _noted(walk, Result(state, key, now - walk.since, values), now)


def _noted(walk: Walk, result: Result, now: float) -> Walk:
    assert walk.step is not None
    walk = _to(replace(walk, results={**walk.results, walk.step: result}), walk.place + 1, now)
    # a card that was laid too early was read, and is not read again before it is lifted
    return read(walk, walk.step, now) if walk.step in walk.lying else walk


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
        misses=0,
        missed=None,
        doubt=None,
        stopped=None,
        until=now if place >= len(walk.steps) else None,
    )
    return again(walk)


def _finding(step: Step, result: Result) -> Finding:
    return Finding(step, result.state, load_catalogue("guided").text(result.key, **result.values))


def _with_doubt(walk: Walk) -> Mapping[Step, Result]:
    """What was found, also of the step on which nobody has decided yet."""
    if walk.step is None or walk.doubt is None:
        return walk.results
    return {**walk.results, walk.step: walk.doubt}


def _unreached(step: Step) -> Finding:
    return Finding(step, State.LOOK, load_catalogue("guided")["found.unreached"])


def _slow(seconds: float, meant: int) -> Finding:
    time = clock_words(seconds)
    words = load_catalogue("guided").text("found.slow", time=time, meant=clock_words(meant * _MINUTE))
    return Finding("time", State.LOOK, words)


def clock_words(seconds: float) -> str:
    """Minutes and seconds, as a clock shows them."""
    return f"{int(seconds) // _MINUTE}:{int(seconds) % _MINUTE:02}"


def row_of(named: Sequence[Asked]) -> Text:
    """Their names, one after another."""
    languages = sorted({language for one in named for language in one.label.shown})
    between = {"zh": "、"}

    def joined(language: str, names: Sequence[str]) -> str:
        return between.get(language, ", ").join(names)

    return Text(
        {code: joined(code, [one.label.show(code) for one in named]) for code in languages},
        {code: joined(code, [one.label.say(code) for one in named]) for code in languages},
    )
