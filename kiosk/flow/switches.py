"""Keypad practice, and one switch or two: what a person says they use, and how long it takes them to press.

Reached from Help. The screens know the time: they say when to press, and how long that took.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.flow.moves import Back, Choose, Cue, Help, Move, Overlay, Struck
from kiosk.flow.sitting import Sitting, Turn

TIMES_EACH = 2
"""How often each switch is tried (K28)."""
SHORTEST, LONGEST, STEP = 0.5, 10.0, 0.5
"""Seconds on an item while the focus moves by itself: from, to, and one step slower or faster (K28)."""
_PART = 0.65
"""Of that time a press should take at the most: the rule of Simpson, Koester and LoPresti, "Selecting an
appropriate scan rate: the .65 rule", Assistive Technology 19 (2), 2007."""


@dataclass(frozen=True, slots=True)
class Switches:
    """What the person presses: one switch, and the focus moves by itself; or two, and it does not."""

    count: int
    seconds: float = 0.0
    """On each item; 0: as the site has it."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Each switch is pressed a few times, whenever a tone sounds."""

    count: int
    taken: tuple[float, ...] = ()
    """Seconds from the tone to each press so far."""
    now: bool = False
    """It has sounded: this is the moment."""

    @property
    def switch(self) -> int:
        """Which is tried: 1 or 2."""
        return 1 + len(self.taken) // TIMES_EACH

    @property
    def left(self) -> int:
        """How often it is still to be pressed."""
        return TIMES_EACH - len(self.taken) % TIMES_EACH


def stay_for(taken: tuple[float, ...]) -> float:
    """Seconds on each item for somebody whose presses took so long, by the slowest of them."""
    return _within(max(taken) / _PART)


def _within(seconds: float) -> float:
    return min(max(round(seconds, 1), SHORTEST), LONGEST)


def answer(sitting: Sitting, move: Move) -> Turn | None:
    """What a move means on these pages; None where it is none of theirs. Goodbye begins nothing."""
    if sitting.place == "goodbye":
        return None
    match sitting.overlay, move:
        case Overlay.HELP, Choose(id="keys"):
            return _over(sitting, Overlay.KEYS)
        case Overlay.KEYS, Choose(id="practice"):
            return _over(sitting, Overlay.PRACTICE)
        case Overlay.KEYS, Choose(id="one" | "two" as count):
            return _tried(sitting, Trial(1 if count == "one" else 2))
        case Overlay.PRACTICE, Help():
            return _over(sitting, Overlay.NONE)
        case Overlay.SWITCH, _ if sitting.trial is not None:
            return _at_trial(sitting, sitting.trial, move)
        case Overlay.SWITCHED, Choose(id="slower" | "faster" | "again" as wish):
            return _otherwise(sitting, sitting.switches, wish) if sitting.switches else None
        case Overlay.SWITCHED, Back():
            return _over(sitting, Overlay.KEYS)
    return None


def _over(sitting: Sitting, overlay: Overlay) -> Turn:
    return Turn(replace(sitting, overlay=overlay, trial=None))


def _tried(sitting: Sitting, trial: Trial) -> Turn:
    return Turn(replace(sitting, overlay=Overlay.SWITCH, trial=trial))


def _at_trial(sitting: Sitting, trial: Trial, move: Move) -> Turn | None:
    match move:
        case Cue():
            return _tried(sitting, replace(trial, now=True))
        case Struck(after=after) if trial.now:
            return _struck(sitting, replace(trial, taken=(*trial.taken, after), now=False))
        case Struck():
            return Turn(sitting)
        case Choose(id="skip"):
            return _over(replace(sitting, switches=Switches(trial.count)), Overlay.NONE)
        case Back():
            return _over(sitting, Overlay.KEYS)
    return None


def _struck(sitting: Sitting, trial: Trial) -> Turn:
    if len(trial.taken) < trial.count * TIMES_EACH:
        return _tried(sitting, trial)
    seconds = stay_for(trial.taken) if trial.count == 1 else 0.0
    return _over(replace(sitting, switches=Switches(trial.count, seconds)), Overlay.SWITCHED)


def _otherwise(sitting: Sitting, switches: Switches, wish: str) -> Turn:
    if wish == "again":
        return _tried(sitting, Trial(switches.count))
    seconds = _within(switches.seconds + (STEP if wish == "slower" else -STEP))
    return Turn(replace(sitting, switches=replace(switches, seconds=seconds)))
