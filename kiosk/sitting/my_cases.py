"""A person's own cases at the kiosk: what may be told of each, and taking back a case or a consent."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.cases.numbers import as_case_number
from kiosk.cases.states import OPEN, IllegalMove
from kiosk.cases.views import CaseProgress
from kiosk.flow.moves import CaseLine, GivenConsent
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
        return tuple(
            self._line(case)
            for case in self.store.cases_of(person)
            if "card" in self._lookup(case.service_id).by
        )

    def by_receipt(self, typed: str) -> CaseLine | None:
        """How far the case with this number is; nothing personal."""
        number = as_case_number(typed)
        case = self.store.progress_by_number(number) if number else None
        if case is None or "receipt" not in self._lookup(case.service_id).by:
            return None
        told = self._told(case)
        return replace(told, title=EMPTY, missing=EMPTY, result=EMPTY)

    def withdraw(self, case: CaseLine, person: str) -> str:
        """Take the whole case back; how that came out, as `CaseChanged` tells it."""
        try:
            self.store.withdraw(case.case_id, person)
        except IllegalMove:
            return "too_late"
        return "withdrawn"

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

    def _line(self, case: CaseProgress) -> CaseLine:
        service = self.world.services.get(case.service_id)
        standing = self.store.standing_consents(case.case_id)
        told = self._told(case)
        if case.stage in OPEN and self.store.took_consent_back(case.case_id):
            # No day is promised for what may have to stop.
            told = replace(told, stage=self.world.texts["stage.consent_withdrawn"], due=None)
        return replace(
            told,
            case_id=case.case_id,
            open=case.stage in OPEN,
            closed=can_be_rated(case, self.world, self.store),
            consents=tuple(self._consent(one, service) for one in standing),
        )

    def _told(self, case: CaseProgress) -> CaseLine:
        """What the service lets be told."""
        shown = self._lookup(case.service_id).show
        due = case.due if case.stage in OPEN and not case.paused else None
        return CaseLine(
            number=case.number,
            ticket=case.ticket,
            title=Text(case.title),
            stage=self.world.texts[f"stage.{case.stage}"] if "stage" in shown else EMPTY,
            due=due if "due" in shown else None,
            missing=_words(case.missing) if "missing" in shown else EMPTY,
            result=_words(case.result) if "result" in shown else EMPTY,
        )

    def _consent(self, given: StandingConsent, service: Service | None) -> GivenConsent:
        """In the words that were agreed to then; what follows, in the service's words of today."""
        now = next((one for one in service.consent if one.id == given.id), None) if service else None
        default = self.world.texts["query.consent_follows"]
        follows = now.withdraw.text() if now and now.withdraw else default
        return GivenConsent(given.id, Text(given.text), follows)


def _words(words: str | None) -> Text:
    return Text({"zh": words}) if words else EMPTY
