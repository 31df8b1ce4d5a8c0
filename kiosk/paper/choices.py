"""Which papers there are of a case now. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.cases.moves import MOVES, Act
from kiosk.cases.states import DECIDED, Outcome, State
from kiosk.cases.telling import TO_TELL
from kiosk.cases.views import CaseView
from kiosk.services.model import Service


class Kind(StrEnum):
    """What a paper of a case is for."""

    ACCEPTANCE = "acceptance"
    MISSING = "missing"
    HOLD = "hold"
    LETTER = "letter"
    DECISION = "decision"
    COMPLETION = "completion"
    HOME = "home"
    """A letter to whoever could not be called."""
    FORM = "form"
    COPY = "copy"
    """What they handed in, for themselves; only where they asked for it."""


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """One paper that can be printed; `form` names the `[[print]]` of an official form."""

    kind: Kind
    form: str = ""

    @property
    def id(self) -> str:
        """Its name in a list and on the command line: `missing`, `form-receipt`."""
        return f"{self.kind}-{self.form}" if self.form else str(self.kind)


def papers_for(view: CaseView, services: Mapping[str, Service]) -> tuple[PaperChoice, ...]:
    """What can be printed of the case as it stands, the paper that is due now first."""
    service = services.get(view.summary.service_id)
    letters = [PaperChoice(kind) for kind in (*_DUE, *_ALSO) if _is_due(kind, view)]
    forms = [PaperChoice(Kind.FORM, one.id) for one in service.print] if service else []
    return (*letters, *forms)


_DUE = (Kind.MISSING, Kind.HOLD, Kind.COMPLETION, Kind.DECISION)
_ALSO = (Kind.HOME, Kind.LETTER, Kind.ACCEPTANCE)


def _is_due(kind: Kind, view: CaseView) -> bool:
    case = view.summary
    match kind:
        case Kind.MISSING:
            return case.state is State.NEEDS_INFO and bool(view.missing)
        case Kind.HOME:
            return case.state in TO_TELL
        case Kind.HOLD:
            return case.state is State.ON_HOLD
        case Kind.LETTER:
            return view.submission.authority is not None
        case Kind.DECISION:
            return case.outcome is not None and case.state in DECIDED
        case Kind.COMPLETION:
            return case.outcome is Outcome.GRANTED and case.state in {State.CLOSED, State.RATED}
        case Kind.ACCEPTANCE:
            accepted = any(event.kind == MOVES[Act.ACCEPT].event for event in view.events)
            return accepted and case.state not in {State.WITHDRAWN, State.MERGED, State.HANDED_OVER}
        case Kind.FORM | Kind.COPY:
            return False
