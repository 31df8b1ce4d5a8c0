"""What is held of the person at the kiosk: looked up, asked about, erased."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from kiosk.cases.moves import IllegalMove
from kiosk.cases.requests import ContentLine, Wish, erasable
from kiosk.flow import fields
from kiosk.flow.fields.base import mask_digits
from kiosk.flow.fields.dates import date_text
from kiosk.flow.held import Held, HeldCase, HeldLine, HeldLook
from kiosk.flow.own_data import held_case, wrong_field
from kiosk.flow.pages.cards import readable
from kiosk.flow.sitting import Errand, Sitting, World
from kiosk.services.model import Service
from kiosk.services.question import Question
from kiosk.store import Store
from kiosk.store import rights as kept
from kiosk.text import Privacy, Text, same

ASKS = {
    Errand.ASK_COPY: Wish.PRINT,
    Errand.ASK_CORRECTION: Wish.CORRECT,
    Errand.ASK_ERASURE: Wish.ERASE,
}
_OUTCOMES = {Wish.PRINT: "copy_asked", Wish.CORRECT: "correction_asked", Wish.ERASE: "erasure_asked"}
NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class OwnDataRoom:
    """Looks into the store for one person. `names`: whoever looked is told by name, not by role alone."""

    store: Store
    world: World
    zone: tzinfo
    names: bool = False

    def of(self, person: str, sitting: Sitting) -> Held:
        """All that leads to them."""
        found = self.store.held(person)
        return Held(tuple(self._case(one, sitting) for one in found.cases), found.drafts)

    def ask(self, person: str, sitting: Sitting, wish: Wish) -> str:
        """A line at the desk about the matter on the page; how that came out, as the catalogue calls it."""
        case = held_case(sitting)
        field = wrong_field(sitting) if wish is Wish.CORRECT else ""
        try:
            if case is not None:
                self.store.ask_of_held(case.case_id, person, wish, field)
        except IllegalMove:
            return NOT_NOW
        return _OUTCOMES[wish] if case is not None else NOT_NOW

    def hear(self, person: str, sitting: Sitting) -> None:
        """They stand before what staff answered."""
        case = held_case(sitting)
        if case is not None:
            self.store.hear_replies(case.case_id, person)

    def erase(self, person: str, sitting: Sitting) -> str:
        """The matter on the page, for good, where it may go."""
        case = held_case(sitting)
        try:
            if case is not None:
                self.store.erase_own(case.case_id, person)
        except IllegalMove:
            return NOT_NOW
        return "erased" if case is not None else NOT_NOW

    def lines(self, service_id: str, content: Iterable[ContentLine]) -> tuple[HeldLine, ...]:
        """What was handed in as it was on the check page: numbers in part."""
        service = self.world.services.get(service_id)
        return tuple(self._line(one, service) for one in content)

    def _line(self, line: ContentLine, service: Service | None) -> HeldLine:
        question = service.questions.get(line.field) if service else None
        chosen = question is not None and fields.is_chosen(question)
        return HeldLine(Text(line.label), self._value(line, question), chosen)

    def _value(self, line: ContentLine, question: Question | None) -> Text:
        if question is not None and (known := fields.display(question, line.value)).shown:
            value = known
        elif line.privacy is Privacy.PRIVATE:
            value = same(mask_digits(line.value), Privacy.PRIVATE)
        else:
            value = Text(line.shown, privacy=line.privacy)
        return readable(value, self.world.texts)

    def _case(self, held: kept.HeldCase, sitting: Sitting) -> HeldCase:
        texts, service = self.world.texts, self.world.services.get(held.service_id)
        line = next((one for one in sitting.cases if one.case_id == held.case_id and one.stage.shown), None)
        replies = self.store.replies(held.case_id)
        return HeldCase(
            case_id=held.case_id,
            number=held.number,
            title=texts.text("query_case.line", title=Text(held.title), ticket=held.ticket),
            received=held.received_at.astimezone(self.zone).date(),
            stage=line.stage if line else texts[f"stage.{held.state}"],
            until=held.until,
            keep_days=held.keep_days,
            erasable=erasable(held.state, held.until, self.world.today),
            fields=tuple(self._fields(held.case_id, service)),
            replies=tuple(self._reply(f"held_done.{one.wish}_{one.standing}", one.words) for one in replies),
            waiting=bool(self.store.wishes_waiting(held.case_id)),
            looks=tuple(self._look(one, service) for one in held.looks),
        )

    def _reply(self, key: str, words: str) -> Text:
        """What staff wrote may say anything of a person: the room hears what came of it, not their words."""
        texts = self.world.texts
        told = texts.text(key, words=same(words, Privacy.PRIVATE))
        came = {language: line.rstrip(" :：") for language, line in texts.text(key, words="").shown.items()}
        return replace(told, parts=(Text(came), same(words, Privacy.PRIVATE)))

    def _fields(self, case_id: str, service: Service | None) -> Iterable[tuple[str, Text]]:
        """In the order they were asked; two that are called the same are one to whoever reads them."""
        answered, said = self.store.answered_fields(case_id), set[str]()
        for question in service.question if service else ():
            label = question.label.text()
            if question.id in answered and label.show("zh") not in said:
                said.add(label.show("zh"))
                yield question.id, label

    def _look(self, look: kept.Look, service: Service | None) -> HeldLook:
        texts, question = self.world.texts, service.questions.get(look.what) if service else None
        who = texts[f"held_looks.{look.role}"]
        what = question.label.text() if question else texts["held_looks.something"]
        named = same(look.name) if self.names and look.name else who
        return HeldLook(self._when(look.at), named, what)

    def _when(self, at: datetime) -> Text:
        here = at.astimezone(self.zone)
        return self.world.texts.text("held_looks.when", date=date_text(here.date()), time=f"{here:%H:%M}")
