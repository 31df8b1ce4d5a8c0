"""What a visitor makes of a page, by whatever sense it came: words, and what may be done; never an id."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.robots.habit import BACK, Habit, Press, Purpose, bare

TAKE = "enter"
AGAIN_AND_AGAIN = 6
"""As often as this the same page with the same key: the visitor is stuck."""


class Stuck(AssertionError):
    """The visitor does not get on."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice: the number to press, and its words."""

    number: int
    words: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Perceived:
    """A page as it reached the visitor."""

    words: str
    offers: tuple[Offer, ...] = ()
    to_write: bool = False
    """There is a field, and how to fill it was told."""
    may_stay_empty: bool = False


@dataclass(frozen=True, slots=True)
class Write:
    """This into the field, and on."""

    words: str = field(repr=False)
    by_keys: bool = False
    """With the keys of the number block and those that are offered, nothing else."""


@dataclass(frozen=True, slots=True)
class Return:
    """Back, out of a field: there 0 is a figure."""


@dataclass(frozen=True, slots=True)
class GoTo:
    """To the choice with these words that stands beside a field, and take it."""

    words: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Something is under way."""


@dataclass(frozen=True, slots=True)
class Lay:
    """The card that was brought along, onto the reader."""


@dataclass(frozen=True, slots=True)
class Lift:
    """The card is taken away."""


Deed = Press | Write | Return | GoTo | Wait | Lay | Lift


class Mind:
    """Knows why it came and what it would answer; understands a page by its words alone."""

    def __init__(self, purpose: Purpose, *, returns: bool = False) -> None:
        """`returns`: comes back to the same door from home, till all is done."""
        self._purpose, self._returns = purpose, returns
        self.at_a_loss = False
        """The last page was none that one knows anything about."""
        self.lost = False
        """One is somewhere that one never wanted to be, and goes back to what one knows."""
        self._doors = list(purpose.doors)
        self._read = ""
        """What stood on the parts of this page that were turned over."""
        self._ticked: set[str] = set()
        self._begun: dict[str, int] = {}
        """How many things were begun of each list."""
        self._turns: dict[tuple[object, ...], int] = {}
        """How much was done of what is done one after the other."""
        self._said_no: set[str] = set()
        self._before: tuple[object, ...] = ()
        self._times = 0
        self.steps = 0

    @property
    def go(self) -> str:
        """What the way on beside a field is called."""
        return self._purpose.go

    def content(self) -> None:
        """What was wanted is done: from home one leaves."""
        self._doors = []

    def reads(self, purpose: Purpose) -> None:
        """The same, in another language."""
        done = len(self._purpose.doors) - len(self._doors)
        self._purpose, self._doors = purpose, list(purpose.doors)[done:]
        self._read = ""
        self._ticked.clear()

    def decide(self, seen: Perceived) -> Deed:
        """What to do on this page."""
        self.steps += 1
        asked, habit = self._understood(seen)
        self.lost = self.lost and not self._is_known(seen, habit)
        deed = self._way_out(seen) if self.lost else self._deed(seen, asked, habit)
        turned = deed == self._turning(seen)
        self._read = self._read + seen.words if turned else ""
        if not turned and not habit.ticks:
            self._ticked.clear()
        self._notice_a_standstill(seen, deed)
        return deed

    def _understood(self, seen: Perceived) -> tuple[str, Habit]:
        """The longest of the words one knows what to do about; a page of which one knows none is read on."""
        here = [one for one in self._purpose.habits if one in seen.words]
        if here and not any(one in self._read for one in here):
            # Another page: what was to turn this one over has led elsewhere.
            self._read = ""
        words = self._read + seen.words
        met = [one for one in self._purpose.habits if one in words]
        known = max(met, key=len, default="")
        if known and self._purpose.habits[known].waits:
            # What was waited for may have come while one still heard that it would.
            since = [one for one in met if words.rfind(one) > words.rfind(known)]
            known = max(since, key=len, default=known)
        self.at_a_loss = not known
        return known, self._purpose.habits.get(known, Habit())

    def _is_known(self, seen: Perceived, habit: Habit) -> bool:
        """Is it a page from which one knows the way, or on which something is still to be done?"""
        to_do = any(self._turns.get(some, 0) < len(some) for some in (habit.in_turn, habit.writes))
        return to_do or any(one in seen.words for one in self._purpose.landmarks)

    @staticmethod
    def back(seen: Perceived) -> Deed:
        """To the page before."""
        return Return() if seen.to_write else Press(BACK)

    def _way_out(self, seen: Perceived) -> Deed:
        """Out of a service that one did not come for."""
        stop = self._offered(seen, self._purpose.stop)
        return Press(str(stop.number)) if stop else self.back(seen)

    def _deed(self, seen: Perceived, asked: str, habit: Habit) -> Deed:
        if habit.waits:
            return Wait()
        if habit.lays or habit.lifts:
            return Lay() if habit.lays else Lift()
        if habit.home:
            return self._at_home(seen, habit)
        if seen.to_write:
            return self._written(seen, habit)
        if (habit.typed or habit.each or habit.writes) and (turning := self._turning(seen)):
            # What one came to write goes into a field that is on another part.
            return turning
        if habit.in_turn or habit.once:
            return self._next(seen, asked, habit)
        if habit.things is not None:
            return self._listed(seen, asked, habit, habit.things)
        if habit.ticks:
            return self._tick(seen, habit)
        if habit.no_first and asked not in self._said_no:
            deed = self._chosen(seen, (habit.no_first,))
            if deed is not None and deed != self._turning(seen):
                self._said_no.add(asked)
            return deed or self._first(seen)
        return self._chosen(seen, habit.choices) or self._first(seen)

    def _next(self, seen: Perceived, asked: str, habit: Habit) -> Deed:
        """One after the other each time the page is met; then on, or back to where there is more to do."""
        turns: tuple[object, ...] = (asked,) if habit.once else habit.in_turn
        done = self._turns.get(turns, 0)
        if done == len(turns):
            on = self._chosen(seen, habit.choices) if habit.in_turn and habit.choices else None
            self.lost = on is None
            return on or self.back(seen)
        if habit.in_turn and isinstance(key := habit.in_turn[done], Press):
            self._turns[turns] = done + 1
            return key
        wanted = habit.choices if habit.once else (str(turns[done]),)
        if any(self._offered(seen, words) for words in wanted):
            self._turns[turns] = done + 1
        return self._chosen(seen, wanted) or self.back(seen)

    def _at_home(self, seen: Perceived, habit: Habit) -> Deed:
        """Unless a service happens to ask in the same words."""
        if any(self._offered(seen, words) for words in habit.choices):
            return self._chosen(seen, habit.choices) or Wait()
        if not self._doors:
            return Press(BACK)
        door = self._doors[0] if self._returns else self._doors.pop(0)
        if isinstance(door, Press):
            return door
        return self._chosen(seen, (door,)) or self._first(seen)

    def _written(self, seen: Perceived, habit: Habit) -> Deed:
        if habit.writes:
            done = self._turns.get(habit.writes, 0)
            self._turns[habit.writes] = done + 1
            self.lost = done >= len(habit.writes)
            return self.back(seen) if self.lost else Write(habit.writes[done])
        typed = habit.each[self._now(habit)] if habit.each else habit.typed
        if typed and not typed.isascii() and bare(typed) in seen.words:
            return Press(TAKE)
        if typed:
            return Write(typed, habit.by_keys)
        return Press(TAKE) if seen.may_stay_empty else GoTo(self._purpose.skip)

    def _now(self, habit: Habit) -> int:
        return max(self._begun.get(habit.of_list, 1), 1) - 1

    def _listed(self, seen: Perceived, asked: str, habit: Habit, wanted: int) -> Deed:
        begun = self._begun.get(habit.of_list, 0)
        if begun < wanted:
            deed = self._chosen(seen, self._purpose.add)
            if deed is not None and deed != self._turning(seen):
                self._begun[habit.of_list] = begun + 1
            return deed or self._first(seen)
        return self._chosen(seen, self._purpose.enough) or self._first(seen)

    def _tick(self, seen: Perceived, habit: Habit) -> Deed:
        left = [words for words in habit.choices if words not in self._ticked]
        for words in left:
            offer = self._offered(seen, words)
            if offer is not None:
                self._ticked.add(words)
                if not offer.chosen:
                    return Press(str(offer.number))
        if left and self._turning(seen) is not None and set(left) - self._ticked:
            return self._turning(seen) or Wait()
        return self._chosen(seen, (self._purpose.ticked,)) or self._first(seen)

    def _chosen(self, seen: Perceived, wanted: tuple[str, ...]) -> Deed | None:
        """What is wanted, where it is offered; else on to what else there is."""
        for words in wanted:
            offer = self._offered(seen, words)
            if offer is not None:
                return Press(str(offer.number))
        return self._turning(seen) if wanted else None

    def _turning(self, seen: Perceived) -> Press | None:
        more = self._offered(seen, self._purpose.more)
        return Press(str(more.number)) if more else None

    def _first(self, seen: Perceived) -> Deed:
        """Somebody who knows no better takes what comes first."""
        if not seen.offers:
            return Wait()
        return Press(str(seen.offers[0].number))

    @staticmethod
    def _offered(seen: Perceived, words: str) -> Offer | None:
        """The choice with just these words, else the shortest that begins with them."""
        fits = [offer for offer in seen.offers if words and offer.words.startswith(words)]
        return min(fits, key=lambda offer: len(offer.words), default=None)

    def _notice_a_standstill(self, seen: Perceived, deed: Deed) -> None:
        now = (seen, deed)
        self._times = self._times + 1 if now == self._before else 0
        self._before = now
        if self._times >= AGAIN_AND_AGAIN and not isinstance(deed, Wait):
            raise Stuck(f"the same again and again: {deed} at {seen.words} {seen.offers}")
