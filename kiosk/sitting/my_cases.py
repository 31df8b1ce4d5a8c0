"""A person's own cases at the kiosk: what may be told of each, and taking back a case or a consent."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from kiosk.cases.authority import Standing
from kiosk.cases.moves import IllegalMove
from kiosk.cases.numbers import as_case_number
from kiosk.cases.parcels import Progress
from kiosk.cases.states import DECIDED, OPEN, State
from kiosk.cases.views import CaseProgress
from kiosk.flow import fields
from kiosk.flow.moves import CaseLine, GivenConsent, ToldChange
from kiosk.flow.sitting import World
from kiosk.services.model import Lookup, Service
from kiosk.sitting.opinion import can_be_rated
from kiosk.store import Store
from kiosk.store.consents import StandingConsent
from kiosk.text import EMPTY, Text


@dataclass(frozen=True, slots=True)
class MyCases:
    """Looks into the store for one person."""

    store: Store
    world: World

    def of(self, person: str) -> tuple[CaseLine, ...]:
        """Their cases, newest first, apart from those of services that are not told by card."""
        found = [case for case in self.store.cases_of(person) if "card" in self._lookup(case.service_id).by]
        for case in found:
            if case.stage is State.DECIDED and "result" in self._lookup(case.service_id).show:
                # whoever sees it here has been told
                with suppress(IllegalMove):
                    self.store.hear(case.case_id, person)
        return tuple(self._line(case, person) for case in found)

    def by_receipt(self, typed: str) -> CaseLine | None:
        """How far the case with this number is; nothing personal."""
        number = as_case_number(typed)
        case = self.store.progress_by_number(number) if number else None
        if case is None or "receipt" not in self._lookup(case.service_id).by:
            return None
        told = self._told(case)
        return replace(told, title=EMPTY, missing=EMPTY, result=EMPTY)

    def is_here(self, number: str) -> bool:
        """Did this kiosk take it in?"""
        return self.store.progress_by_number(number) is not None

    def from_elsewhere(self, case: Progress) -> CaseLine | None:
        """The same of a case that another kiosk took in: as far as the hub tells, and what to do next."""
        if "receipt" not in self._lookup(case.service).by:
            return None
        told = self._told(
            CaseProgress(
                case_id="",
                number=case.number,
                ticket="",
                title={},
                stage=case.state,
                due=case.due,
                paused=case.paused,
                missing=None,
                result=None,
                service_id=case.service,
                outcome=case.outcome,
            )
        )
        return replace(told, elsewhere=self.world.texts[f"query_found.{_next_of(case.state)}"])

    def withdraw(self, case: CaseLine, person: str) -> str:
        """Take the whole case back; how that came out, as `CaseChanged` tells it."""
        try:
            self.store.withdraw(case.case_id, person)
        except IllegalMove:
            return "too_late"
        return "withdrawn"

    def withdraw_authority(self, case: CaseLine, person: str) -> str:
        """Nobody is to act for them any more; the case stays, and the desk sees it."""
        try:
            self.store.withdraw_authority(case.case_id, person)
        except IllegalMove:
            return "too_late"
        return "authority_withdrawn"

    def answer_change(self, case: CaseLine, field: str, person: str, *, right: bool) -> str:
        """What staff put right is right, or they look into it again."""
        try:
            self.store.answer_correction(case.case_id, person, field, right=right)
        except IllegalMove:
            return "too_late"
        return "change_right" if right else "change_wrong"

    def withdraw_consent(self, case: CaseLine, consent: str, person: str) -> str:
        """Take one consent back; the case stays, and the desk sees it."""
        try:
            self.store.withdraw_consent(case.case_id, person, consent)
        except IllegalMove:
            return "too_late"
        return "consent_withdrawn"

    def _lookup(self, service_id: str) -> Lookup:
        service = self.world.services.get(service_id)
        return service.lookup if service else Lookup()

    def _line(self, case: CaseProgress, person: str) -> CaseLine:
        told = self._told(case)
        if case.helper:
            # Whoever acts for somebody sees how far it is; all else is that person's own.
            return replace(told, case_id=case.case_id)
        service = self.world.services.get(case.service_id)
        standing = self.store.standing_consents(case.case_id)
        if case.stage in OPEN and self.store.took_consent_back(case.case_id):
            # No day is promised for what may have to stop.
            told = replace(told, stage=self.world.texts["stage.consent_withdrawn"], due=None)
        return replace(
            told,
            case_id=case.case_id,
            open=case.stage in OPEN,
            closed=can_be_rated(case, self.world, self.store),
            consents=tuple(self._consent(one, service) for one in standing),
            changes=self._changes(case, service) if case.stage in OPEN else (),
            acted_for=case.stage in OPEN and self._is_acted_for(case.case_id),
        )

    def _is_acted_for(self, case_id: str) -> bool:
        authority = self.store.authority(case_id)
        return authority is not None and authority.standing is not Standing.WITHDRAWN

    def _changes(self, case: CaseProgress, service: Service | None) -> tuple[ToldChange, ...]:
        """What staff put right, masked as it was when they gave it."""
        told = []
        for change in self.store.changes_to_hear(case.case_id):
            question = service.questions.get(change.field) if service else None
            answer = self.store.new_answer(case.case_id, change.field)
            value = fields.display(question, answer.value) if question and answer else None
            label = question.label.text() if question else self.world.texts["query_change.something"]
            told.append(ToldChange(change.field, label, change.reason, value))
        return tuple(told)

    def _told(self, case: CaseProgress) -> CaseLine:
        """What the service lets be told."""
        shown = self._lookup(case.service_id).show
        stage, result = self.world.texts[f"stage.{case.told_stage}"], _words(case.result)
        if case.stage is State.HANDED_OVER and case.result:
            # where to ask from now on
            stage, result = self.world.texts.text("stage.handed_over_to", where=result), EMPTY
        due = case.due if case.stage in OPEN and not case.paused else None
        return CaseLine(
            number=case.number,
            ticket=case.ticket,
            title=Text(case.title),
            stage=stage if "stage" in shown or case.stage is State.HANDED_OVER else EMPTY,
            due=due if "due" in shown else None,
            missing=_words(case.missing) if "missing" in shown else EMPTY,
            result=result if "result" in shown else EMPTY,
        )

    def _consent(self, given: StandingConsent, service: Service | None) -> GivenConsent:
        """In the words that were agreed to then; what follows, in the service's words of today."""
        now = next((one for one in service.consent if one.id == given.id), None) if service else None
        default = self.world.texts["query.consent_follows"]
        follows = now.withdraw.text() if now and now.withdraw else default
        return GivenConsent(given.id, Text(given.text), follows)


def _next_of(state: State) -> str:
    """What a person does who handed in elsewhere, as the catalogue calls it."""
    if state is State.NEEDS_INFO:
        return "bring"
    return "result" if state in DECIDED else "at_the_desk"


def _words(words: str | None) -> Text:
    return Text({"zh": words}) if words else EMPTY
