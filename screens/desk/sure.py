"""A last look before something about the house is changed: what it means, and yes or no."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from screens.desk.counter import Counter
from screens.desk.lines import Line
from screens.desk.yes_or_no import YesOrNo


class Sure(YesOrNo):
    """Its texts stand in the catalogue under one name: `title`, `yes`, `no`.

    `about` gives the rest, at any time and in either language.
    """

    def __init__(self, counter: Counter, texts: str, name: str, about: Callable[[], Sequence[str]]) -> None:
        super().__init__(counter)
        self._texts, self._who, self._about = texts, name, about

    def title_words(self) -> str:
        return self.counter.words(f"{self._texts}.title", name=self._who)

    def about(self) -> Sequence[Line]:
        return [Line(told) for told in self._about()]

    def answers(self) -> tuple[str, str]:
        return self.counter.words(f"{self._texts}.no"), self.counter.words(f"{self._texts}.yes")
