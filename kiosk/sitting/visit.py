"""One visit, running: takes moves, does the errands they call for, gives the page to show."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import tzinfo

from kiosk.cases.numbers import Entropy, uuid7
from kiosk.flow.answers import NO_ANSWERS
from kiosk.flow.moves import (
    Answered,
    CaseChanged,
    Found,
    Move,
    NotStored,
    Printed,
    RatingKept,
    Receipt,
    ReceiptSought,
    Submitted,
)
from kiosk.flow.page import Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.papers import paper_of
from kiosk.flow.querying import case_at, consent_at
from kiosk.flow.records import RecordNews
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.flow.source import Slot
from kiosk.flow.turn import turn
from kiosk.ports import Asker, Clock, Printer, Records
from kiosk.sitting import draft as drafts
from kiosk.sitting.earlier_answers import NEWEST, earlier_values
from kiosk.sitting.my_cases import MyCases
from kiosk.sitting.opinion import call_back, keep_rating
from kiosk.sitting.print_room import PrintRoom
from kiosk.sitting.record_room import NoRecords, RecordRoom, asked_by
from kiosk.sitting.submission import build_submission
from kiosk.sitting.whose import applicant, member_of, owner, visitor
from kiosk.store import Store, StoreTrouble

log = logging.getLogger(__name__)

_NOT_DONE = {Errand.SUBMIT: "trouble.not_sent", Errand.CALL_PERSON: "trouble.not_called"}
"""What is said where the store could not do an errand."""


class Visit:
    """The visit of one person. Lives on one thread, the one its store was opened on."""

    def __init__(
        self,
        world: World,
        store: Store,
        site_key: bytes,
        clock: Clock,
        *,
        zone: tzinfo,
        card_left: Slot = Slot.NONE,
        entropy: Entropy = os.urandom,
        asker: Asker | None = None,
        printer: Printer | None = None,
        records: Records | None = None,
    ) -> None:
        """`zone` is the site's: its date is today. `card_left`: where the last visit left a card.

        Without an `asker` no question finds an answer, and a person is offered. Without `records` staff look
        them up.
        """
        self.sitting = Sitting(card_left=card_left, card_lying=card_left)
        self.ended = False
        self._bare_world, self._store, self._site_key = world, store, site_key
        self._clock, self._zone, self._entropy = clock, zone, entropy
        self._asker = asker
        self._print_room = PrintRoom(printer)
        self._record_room = RecordRoom(records or NoRecords(world.texts))
        self._errands: Mapping[Errand, Callable[[Turn], Move | None]] = {
            Errand.BEGIN_DRAFT: self._begin_draft,
            Errand.SAVE_DRAFT: self._save_draft,
            Errand.DROP_DRAFT: self._drop_draft,
            Errand.LOOK_UP_CARD: self._look_up_card,
            Errand.SUBMIT: self._submit,
            Errand.LOOK_UP_RECORD: self._look_up_record,
            Errand.FIND_RECEIPT: self._find_receipt,
            Errand.WITHDRAW_CASE: self._withdraw_case,
            Errand.WITHDRAW_CONSENT: self._withdraw_consent,
            Errand.CALL_PERSON: self._call_person,
            Errand.ASK: self._ask,
            Errand.RATE: self._rate,
            Errand.CALL_BACK: self._call_back,
            Errand.PRINT: self._print,
            Errand.END: self._end,
        }

    @property
    def _world(self) -> World:
        """A kiosk stands for weeks: today is looked up for every page."""
        return replace(self._bare_world, today=self._clock.now().astimezone(self._zone).date())

    def close(self) -> None:
        """Give the store back. However the visit ends, a draft that may not be kept goes with it.

        A paper that is being printed still comes out whole.
        """
        try:
            if self.sitting.draft_id and not self.sitting.keep:
                self._store.drop_draft(self.sitting.draft_id)
                self._store.tidy()
        except StoreTrouble as trouble:
            log.error("a draft stays until the next visit: store %s", trouble.kind)
        self._store.close()
        self._print_room.close()

    def listen(self, tell: Callable[[Move], None]) -> None:
        """From now on what takes long is told here when it comes, from another thread; `do` makes it.

        Without a listener, `do` waits for it.
        """
        self._record_room.tell = self._print_room.tell = tell

    def page(self) -> Page:
        """What to show and say now."""
        return page_of(self.sitting, self._world)

    def do(self, move: Move) -> Page:
        """Make a move, with all that follows from it, and give the page to show then."""
        moves: list[Move] = [move]
        while moves:
            following = moves.pop(0)
            if isinstance(following, RecordNews) and not self._record_room.expects(
                following, asked_by(self.sitting, self._world, following.question)
            ):
                continue
            made = turn(self.sitting, following, self._world)
            self.sitting = made.sitting
            for errand in made.errands:
                try:
                    news = self._errands[errand](made)
                except StoreTrouble as trouble:
                    log.error("errand %s: store %s", errand, trouble.kind)
                    news = NotStored(_NOT_DONE.get(errand, "trouble.not_stored"))
                if news is not None:
                    moves.append(news)
        return self.page()

    def _person(self) -> str | None:
        return visitor(self.sitting, self._site_key)

    def _begin_draft(self, made: Turn) -> None:
        now = self._clock.now()
        self.sitting = replace(self.sitting, draft_id=uuid7(now, self._entropy), begun_at=now)

    def _save_draft(self, made: Turn) -> None:
        """Written on every answer, so that a fall of the program loses nothing of a kept draft."""
        sitting = self.sitting
        if sitting.draft_id:
            service, person = self._world.services[sitting.service], applicant(sitting, self._site_key)
            self._store.save_draft(drafts.draft_of(sitting, service, person, self._clock.now()))

    def _drop_draft(self, made: Turn) -> None:
        if self.sitting.draft_id:
            self._store.drop_draft(self.sitting.draft_id)
            self.sitting = replace(self.sitting, draft_id="")

    def _look_up_card(self, made: Turn) -> Found | None:
        person = self._person()
        if person is None:
            return None
        earlier = earlier_values(self._store.submissions_of(person, NEWEST), self._world.services)
        draft = self._store.find_draft(person, self._clock.now())
        kept = drafts.offered(draft, self._world.services) if draft else None
        return Found(self._my_cases.of(person), kept, earlier)

    @property
    def _my_cases(self) -> MyCases:
        return MyCases(self._store, self._world)

    def _look_up_record(self, made: Turn) -> RecordNews | None:
        asked = asked_by(self.sitting, self._world, self.sitting.place.partition(":")[2])
        return self._record_room.ask(asked) if asked else None

    def _find_receipt(self, made: Turn) -> ReceiptSought:
        return ReceiptSought(self._my_cases.by_receipt(made.number))

    def _withdraw_case(self, made: Turn) -> CaseChanged | None:
        case, person = case_at(self.sitting), self._person()
        if case is None or person is None:
            return None
        outcome = self._my_cases.withdraw(case, person)
        return CaseChanged(outcome, self._my_cases.of(person))

    def _withdraw_consent(self, made: Turn) -> CaseChanged | None:
        case, consent, person = case_at(self.sitting), consent_at(self.sitting), self._person()
        if case is None or consent is None or person is None:
            return None
        outcome = self._my_cases.withdraw_consent(case, consent.id, person)
        return CaseChanged(outcome, self._my_cases.of(person))

    def _submit(self, made: Turn) -> Submitted:
        now = self._clock.now()
        person = owner(self.sitting, self._world, self._site_key)
        member = member_of(self.sitting, self._site_key)
        submission = build_submission(self.sitting, self._world, person, now, member)
        receipt = self._store.submit(submission)
        return Submitted(Receipt(receipt.case_id, receipt.number, receipt.ticket, receipt.due))

    def _call_person(self, made: Turn) -> None:
        self._store.call_person(self.sitting.place, self._clock.now())

    def _ask(self, made: Turn) -> Answered:
        if self._asker is None:
            return Answered(NO_ANSWERS)
        return Answered(self._asker.ask(self.sitting.question, self.sitting.language))

    def _rate(self, made: Turn) -> RatingKept:
        try:
            return keep_rating(self.sitting, made.rating, self._world, self._store, self._clock.now())
        except StoreTrouble:
            self._ask_again("rate")
            raise

    def _call_back(self, made: Turn) -> None:
        try:
            call_back(self.sitting, self._store)
        except StoreTrouble:
            self._ask_again("call-back")
            raise

    def _ask_again(self, door: str) -> None:
        """Nobody is thanked for what was not noted."""
        _, mark, number = self.sitting.place.partition(":")
        self.sitting = self.sitting.go(f"{door}{mark}{number}")

    def _print(self, made: Turn) -> Printed | None:
        paper = paper_of(self.sitting, self._world)
        name = self.sitting.place.removeprefix("printing:")
        return self._print_room.print(name, paper, self.sitting.language)

    def _end(self, made: Turn) -> None:
        self.ended = True
