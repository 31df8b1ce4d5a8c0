"""The last look before what cannot be taken back: whose case, which, and the words that go with it."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.cases.moves import Act
from kiosk.cases.views import CaseView
from screens.desk.acts import FORMS, Given
from screens.desk.answers import masked_name
from screens.desk.counter import Counter
from screens.desk.lines import Kind, Line
from screens.desk.yes_or_no import YesOrNo


class Confirm(YesOrNo):
    """Ends with whether what was written is sent."""

    def __init__(self, counter: Counter, view: CaseView, act: Act, given: Given) -> None:
        super().__init__(counter)
        self._view = view
        self._act = act
        self._given = given

    def title_words(self) -> str:
        return self.counter.words(f"confirm.{self._act}")

    def about(self) -> Sequence[Line]:
        words, case = self.counter.words, self._view.summary
        whose = masked_name(self._view.submission)
        done = self._act is Act.COMPLETE
        unticked = len(self._view.submission.answers) - len(self._view.ticks) if done else 0
        return [
            Line(words("confirm.whose", who=whose)),
            Line(words("confirm.service", service=self.counter.read(case.title))),
            Line(words("confirm.number", number=case.number, ticket=case.ticket)),
            *([Line(words("confirm.to", whom=self._given.chosen_as))] if self._given.chosen else []),
            *([Line(words("confirm.unticked", n=unticked), Kind.ALERT)] if unticked else []),
            Line(""),
            Line(words("confirm.will_read" if FORMS[self._act].told else "confirm.on_file"), Kind.QUIET),
            Line(self._given.words, lead="  "),
        ]

    def answers(self) -> tuple[str, str]:
        return self.counter.words("confirm.no"), self.counter.words(f"confirm.yes_{self._act}")
