"""What a person is in the middle of typing, before it is Chinese characters."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.hanzi.candidates import Candidate, Wanted, candidates
from kiosk.hanzi.cutting import BREAK, Merged
from kiosk.hanzi.keys import NINE_KEYS

MOST_KEYS = 30
"""Five long syllables; what comes after is not taken."""


@dataclass(frozen=True, slots=True, repr=False)
class Composing:
    """The keys typed so far and the page of candidates that is looked at. Each step gives a new one.

    The keys are either letters or digits of the nine keys; the first decides, and a key of the other sort
    starts anew.
    """

    typed: str = ""
    page: int = 0
    wanted: Wanted = Wanted.WORDS
    merged: Merged | None = None

    def __bool__(self) -> bool:
        return bool(self.typed)

    def key(self, pressed: str) -> Composing:
        """With one more letter, digit or break; what is none of these, or one too many, changes nothing."""
        pressed = "v" if pressed in ("ü", "Ü") else pressed.lower()
        if pressed == BREAK:
            fits = bool(self.typed) and not self.typed.endswith(BREAK)
        else:
            fits = pressed in NINE_KEYS or (len(pressed) == 1 and "a" <= pressed <= "z")
        if not fits or len(self.typed) >= MOST_KEYS:
            return self
        same = pressed == BREAK or self.typed[:1].isdigit() == pressed.isdigit()
        return replace(self, typed=(self.typed if same else "") + pressed, page=0)

    def erase(self) -> Composing:
        """Without the last key."""
        return replace(self, typed=self.typed[:-1], page=0)

    def turn(self, by: int, count: int | None = None) -> Composing:
        """So many pages on or back, never before the first; nor past the last, told how many a page shows."""
        page = max(0, self.page + by)
        while count is not None and page > self.page and not self._of_page(page, count):
            page -= 1
        return replace(self, page=page)

    def shown(self, count: int) -> tuple[Candidate, ...]:
        """The candidates of this page, at most `count`."""
        return self._of_page(self.page, count)

    def more(self, count: int) -> bool:
        """Whether there is another page after this one."""
        return bool(self._of_page(self.page + 1, count))

    def take(self, candidate: Candidate) -> Composing:
        """What is left to do when a candidate has been put in; after a surname comes a given name."""
        rest = self.typed[candidate.used :].lstrip(BREAK)
        return replace(self, typed=rest, page=0, wanted=self.wanted.next)

    @property
    def spelled(self) -> str:
        """What to show of the keys: the syllables as the likeliest candidates read them, "zhang'san"."""
        parts, rest = [], self
        while rest.typed:
            best = rest._of_page(0, 1)
            if not best:
                parts.append(rest.typed)
                break
            taken = best[0].spelled
            parts.append(
                taken if len(taken.replace(BREAK, "")) <= best[0].used else rest.typed[: best[0].used]
            )
            rest = rest.take(best[0])
        return BREAK.join(parts)

    def _of_page(self, page: int, count: int) -> tuple[Candidate, ...]:
        if not self.typed:
            return ()
        found = candidates(self.typed, limit=(page + 1) * count, wanted=self.wanted, merged=self.merged)
        return found[page * count :]
