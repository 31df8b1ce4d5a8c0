"""A long number, said in groups: each is read back and counts with a yes. Pure: the caller speaks and hears.

heard "幺三八"            -> ReadBack("138")
heard "对"                -> Ask(4): the next group
heard "不对，是三"        -> ReadBack with its last digit changed
heard "不对"              -> Ask again for this group
twice nothing came of it  -> Keypad: what counts already stays in the field
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kiosk.flow.page import Figures
from voice.understanding.digit_words import read_digits
from voice.understanding.expect import Expectation, Wanted
from voice.understanding.figures import ends, plausible, whole_number
from voice.understanding.pack import Pack
from voice.understanding.phrases import Phrase, phrase
from voice.understanding.yes_no import Judgement, denies, judge

PATIENCE = 2
"""Failures at one group after which the keypad opens."""
_MINE = Expectation(Wanted.YES_NO, binding=True)
"""What is read back is answered as a thing that counts: an 嗯 is not enough."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for the next group: so many digits."""

    size: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Say these digits back and ask whether they are right."""

    digits: str = field(repr=False)
    whole: int = 0
    """How many digits the number then has, where these are the last of it: to be said, too."""
    again: bool = False
    """What was answered was neither yes nor no."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The number is whole, and each group of it was answered with a yes."""

    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Keypad:
    """Let it be typed; these digits count already."""

    kept: str = field(repr=False)


Step = Ask | ReadBack | Finished | Keypad


@dataclass(frozen=True, slots=True)
class DigitDialogue:
    """Where the dictation of one number stands."""

    figures: Figures
    lengths: tuple[int, ...]
    kept: str = field(default="", repr=False)
    """Answered with a yes, or typed before."""
    pending: str = field(default="", repr=False)
    """Heard and read back, not answered yet."""
    failures: int = 0
    """At the group that is open."""

    @classmethod
    def begin(cls, expected: Expectation) -> DigitDialogue:
        """With the digits that stand in the field already. Raises ValueError on other fields."""
        if expected.figures is None:
            raise ValueError("this page takes no number that is said digit by digit")
        return cls(expected.figures, expected.lengths, expected.kept)

    @property
    def step(self) -> Step:
        """What to do now."""
        if whole_number(self.figures, self.kept, self.lengths):
            return Finished(self.kept)
        if self.failures >= PATIENCE or not self._ends():
            return Keypad(self.kept)
        if self.pending:
            number = self.kept + self.pending
            whole = whole_number(self.figures, number, self.lengths)
            return ReadBack(self.pending, len(number) if whole else 0, again=self.failures > 0)
        return Ask(self._ends()[0] - len(self.kept), again=self.failures > 0)

    def hear(self, heard: Sequence[str], pack: Pack) -> DigitDialogue:
        """After something was said: alternatives, the best first."""
        alternatives = [phrase(text) for text in heard]
        if not isinstance(self.step, (Ask, ReadBack)):
            return self
        return self._answered(alternatives, pack) if self.pending else self._dictated(alternatives, pack)

    def enough(self, partial: str, pack: Pack) -> bool:
        """Are the digits heard so far a whole group, so that nothing more need be waited for?"""
        digits = read_digits(phrase(partial), pack)
        return bool(digits) and len(self.kept) + len(digits) in self._ends() and self._fits(digits)

    def _ends(self) -> tuple[int, ...]:
        return ends(self.figures, self.lengths, len(self.kept))

    def _fits(self, digits: str) -> bool:
        number = self.kept + digits
        if whole_number(self.figures, number, self.lengths):
            return True
        return len(number) in self._ends() and plausible(self.figures, number, self.lengths)

    def _dictated(self, alternatives: list[Phrase], pack: Pack) -> DigitDialogue:
        """The first of the alternatives that can be right; the check digit chooses."""
        for said in alternatives:
            digits = read_digits(said, pack)
            if digits and self._fits(digits):
                return replace(self, pending=digits)
        return self._failed()

    def _answered(self, alternatives: list[Phrase], pack: Pack) -> DigitDialogue:
        best = alternatives[0] if alternatives else ()
        denied = next((at for at in range(len(best), 0, -1) if best[:at] in pack.judgements.no), 0)
        if denied and (mended := self._mended(read_digits(best[denied:], pack))):
            return replace(self, pending=mended)
        verdict = judge(best, _MINE, pack)
        if verdict is Judgement.YES:
            return replace(self, kept=self.kept + self.pending, pending="", failures=0)
        if verdict is Judgement.NO or denies(best, _MINE, pack):
            return replace(self._failed(), pending="")
        said_anew = (read_digits(said, pack) for said in alternatives)
        anew = next((digits for digits in said_anew if self._replaces(digits)), "")
        return replace(self, pending=anew) if anew else self._failed()

    def _mended(self, digits: str) -> str:
        """不对，是三: the last digit; with as many digits as were read back, all of them."""
        mended = self.pending[:-1] + digits if len(digits) == 1 else digits
        return mended if self._replaces(mended) else ""

    def _replaces(self, digits: str) -> bool:
        return len(digits) == len(self.pending) and self._fits(digits)

    def _failed(self) -> DigitDialogue:
        return replace(self, failures=self.failures + 1)
