"""One visit, running: takes moves, does the errands they call for, gives the page to show."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta, tzinfo

from kiosk.cases.moves import IllegalMove
from kiosk.cases.numbers import Entropy, as_case_number, uuid7
from kiosk.flow.answers import NO_ANSWERS
from kiosk.flow.moves import (
    OF_THE_READER,
    Answered,
    CaseChanged,
    ContentCome,
    Found,
    HeldFound,
    HelperCame,
    Move,
    NotStored,
    NumberCalled,
    NumberDrawn,
    PreferencesKept,
    Printed,
    RatingKept,
    Receipt,
    ReceiptSought,
    Submitted,
)
from kiosk.flow.own_case import change_at
from kiosk.flow.own_data import held_case
from kiosk.flow.page import Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.papers import paper_of
from kiosk.flow.photographing import TAKING, handed_in
from kiosk.flow.pictures import PictureTaken
from kiosk.flow.querying import case_at, consent_at
from kiosk.flow.records import RecordNews
from kiosk.flow.same_values import SameFound
from kiosk.flow.sitting import Errand, Sitting, Turn, World
from kiosk.flow.source import Slot
from kiosk.flow.turn import turn
from kiosk.ports import Asker, Clock, Printer, Records
from kiosk.sitting import draft as drafts
from kiosk.sitting.camera import Camera
from kiosk.sitting.content_room import ContentRoom, Opened
from kiosk.sitting.earlier_answers import NEWEST, earlier_values
from kiosk.sitting.helper import who_came
from kiosk.sitting.my_cases import MyCases
from kiosk.sitting.number_room import NumberRoom
from kiosk.sitting.opinion import call_back, keep_rating, tell_why
from kiosk.sitting.own_data import ASKS, NOT_NOW, OwnDataRoom
from kiosk.sitting.paper_room import PaperRoom
from kiosk.sitting.preferences import KEPT_FOR, Likings
from kiosk.sitting.print_room import PrintRoom
from kiosk.sitting.receipt_room import Elsewhere, ReceiptRoom
from kiosk.sitting.record_room import NoRecords, RecordRoom, asked_by
from kiosk.sitting.same_case import same_case
from kiosk.sitting.shown import ShownPages
from kiosk.sitting.submission import build_submission
from kiosk.sitting.switched_off import SwitchedOff, only_offered
from kiosk.sitting.whose import agent, applicant, member_of, owner, visitor
from kiosk.store import Store, StoreTrouble

log = logging.getLogger(__name__)

_NOT_DONE = {
    Errand.SUBMIT: "trouble.not_sent",
    Errand.CALL_PERSON: "trouble.not_called",
    Errand.DRAW_NUMBER: "trouble.no_number",
    Errand.KEEP_PREFERENCES: "trouble.not_remembered",
    Errand.FORGET_PREFERENCES: "trouble.not_remembered",
}
"""What is said where the store could not do an errand."""


class Visit:
    """The visit of one person. Lives on one thread, the one its store was opened on."""

    leaving = 0

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
        settings_kept: timedelta = KEPT_FOR,
        names: bool = False,
        number_room: NumberRoom | None = None,
        camera: Camera | None = None,
        papers_mib: int = 40,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        """`zone` is the site's: its date is today. `card_left`: where the last visit left a card.

        `names`: who looked at somebody's numbers is told to them by name.

        `settings_kept`: so long without a visit, and what a person had set is forgotten.

        `number_room`: where waiting numbers are drawn and called.

        `papers_mib`: so much may the pictures of one application have together.

        `elsewhere`: where cases are asked for that other kiosks took in.

        Without an `asker` no question finds an answer, and a person is offered. Without `records` staff look
        them up.
        """
        self.sitting = Sitting(card_left=card_left, card_lying=card_left)
        self.ended = False
        self._call = 0
        self._bare_world, self._store, self._site_key = world, store, site_key
        self._clock, self._zone, self._entropy = clock, zone, entropy
        self._asker = asker
        self._number_room = number_room
        self._switched_off = SwitchedOff(world, store)
        self._shown = ShownPages()
        self._print_room = PrintRoom(printer)
        self._paper_room = PaperRoom(camera, papers_mib)
        self._likings = Likings(store, clock, settings_kept)
        self._content_room, self._names = ContentRoom(store), names
        self._receipt_room = ReceiptRoom(elsewhere) if elsewhere else None
        self._record_room = RecordRoom(records or NoRecords(world.texts))
        self._errands: Mapping[Errand, Callable[[Turn], Move | None]] = {
            Errand.BEGIN_DRAFT: self._begin_draft,
            Errand.SAVE_DRAFT: self._save_draft,
            Errand.DROP_DRAFT: self._drop_draft,
            Errand.LOOK_UP_CARD: self._look_up_card,
            Errand.LOOK_UP_CASES: self._look_up_cases,
            Errand.SUBMIT: self._submit,
            Errand.LOOK_UP_RECORD: self._look_up_record,
            Errand.FIND_SAME: self._find_same,
            Errand.FIND_RECEIPT: self._find_receipt,
            Errand.WITHDRAW_CASE: self._withdraw_case,
            Errand.WITHDRAW_CONSENT: self._withdraw_consent,
            Errand.WITHDRAW_AUTHORITY: self._withdraw_authority,
            Errand.CALL_RIGHT: self._answer_change,
            Errand.CALL_WRONG: self._answer_change,
            Errand.LOOK_UP_HELD: self._look_up_held,
            Errand.OPEN_CONTENT: self._open_content,
            Errand.DROP_CONTENT: self._drop_content,
            **dict.fromkeys(ASKS, self._ask_of_held),
            Errand.HEAR_REPLIES: self._hear_replies,
            Errand.ERASE_CASE: self._erase_case,
            Errand.CALL_PERSON: self._call_person,
            Errand.WHO_CAME: self._who_came,
            Errand.ASK: self._ask,
            Errand.RATE: self._rate,
            Errand.TELL_WHY: self._tell_why,
            Errand.CALL_BACK: self._call_back,
            Errand.DRAW_NUMBER: self._draw_number,
            Errand.LOOK_FOR_CALLS: self._look_for_calls,
            Errand.PRINT: self._print,
            Errand.TAKE_PICTURE: self._take_picture,
            Errand.KEEP_PREFERENCES: self._keep_preferences,
            Errand.FORGET_PREFERENCES: self._forget_preferences,
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
        self._content_room.drop()
        try:
            if self.sitting.draft_id and not self.sitting.keep:
                self._store.drop_draft(self.sitting.draft_id)
                self._store.tidy()
        except StoreTrouble as trouble:
            log.error("a draft stays until the next visit: store %s", trouble.kind)
        self._store.close()
        self._paper_room.close()
        self._print_room.close()

    def listen(self, tell: Callable[[Move], None]) -> None:
        """From now on what takes long is told here when it comes, from another thread; `do` makes it.

        Without a listener, `do` waits for it.
        """
        self._record_room.tell = self._print_room.tell = self._paper_room.tell = tell
        if self._receipt_room is not None:
            self._receipt_room.tell = tell
        self._content_room.tell = lambda opened: tell(self._content_come(opened))

    def page(self) -> Page:
        """What to show and say now."""
        return page_of(self.sitting, self._world)

    def do(self, move: Move) -> Page:
        """Make a move, with all that follows from it, and give the page to show then."""
        stopped = self._heeds_the_switch()
        # A key was meant for the page that has gone; a card is there, or is not, whatever page stands.
        moves: list[Move] = [move] if not stopped or isinstance(move, OF_THE_READER) else []
        while moves:
            following = moves.pop(0)
            if isinstance(following, RecordNews) and not self._record_room.expects(
                following, asked_by(self.sitting, self._world, following.question)
            ):
                continue
            if isinstance(following, PictureTaken) and not self._paper_room.expects(following):
                continue
            if isinstance(following, ReceiptSought) and not self._expects(following):
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
        self._heeds_the_switch(looks=False)
        self._paper_room.keep(self.sitting.papers.taken, waits=self.sitting.place.startswith(TAKING))
        page = self.page()
        self._shown.note(page, self.sitting.draft_id, self.sitting.language, self._clock.now())
        return page

    def _heeds_the_switch(self, *, looks: bool = True) -> bool:
        """Was this person's service switched off meanwhile? Then they are told so."""
        if looks:
            self._switched_off.look()
        self._bare_world = self._switched_off.world(self.sitting, self._bare_world)
        made = self._switched_off.heed(self.sitting)
        if made is None:
            return False
        self.sitting = made.sitting
        try:
            for errand in made.errands:
                self._errands[errand](made)
        except StoreTrouble as trouble:
            log.error("a draft stays until the next visit: store %s", trouble.kind)
        return True

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
        replied = self._store.has_replies(person)
        return Found(self._my_cases.of(person), kept, earlier, self._likings.of(person), replied)

    def _look_up_cases(self, made: Turn) -> None:
        """Where the store is busy they stand as they did when the card was laid."""
        with suppress(StoreTrouble):
            if (person := self._person()) is not None:
                self.sitting = replace(self.sitting, cases=self._my_cases.of(person))

    @property
    def _my_cases(self) -> MyCases:
        return MyCases(self._store, self._world)

    def _look_up_record(self, made: Turn) -> RecordNews | None:
        asked = asked_by(self.sitting, self._world, self.sitting.place.partition(":")[2])
        return self._record_room.ask(asked) if asked else None

    def _find_same(self, made: Turn) -> SameFound:
        found = same_case(self.sitting, self._world, self._store, self._site_key, self._zone)
        return SameFound(found)

    def _find_receipt(self, made: Turn) -> ReceiptSought:
        """Here first; a case that lies here need not be asked for."""
        mine = self._my_cases
        found = mine.by_receipt(made.number)
        number = as_case_number(made.number)
        if found is not None or number is None or self._receipt_room is None or mine.is_here(number):
            return ReceiptSought(found)
        return self._receipt_room.ask(number, mine.from_elsewhere)

    def _expects(self, news: ReceiptSought) -> bool:
        waited_for = self.sitting.place == "query-asking"
        return self._receipt_room is None or self._receipt_room.expects(news, waited_for=waited_for)

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

    def _withdraw_authority(self, made: Turn) -> CaseChanged | None:
        case, person = case_at(self.sitting), self._person()
        if case is None or person is None:
            return None
        outcome = self._my_cases.withdraw_authority(case, person)
        return CaseChanged(outcome, self._my_cases.of(person))

    def _answer_change(self, made: Turn) -> CaseChanged | None:
        case, change, person = case_at(self.sitting), change_at(self.sitting), self._person()
        if case is None or change is None or person is None:
            return None
        right = Errand.CALL_RIGHT in made.errands
        outcome = self._my_cases.answer_change(case, change.question, person, right=right)
        return CaseChanged(outcome, self._my_cases.of(person))

    @property
    def _own_data(self) -> OwnDataRoom:
        return OwnDataRoom(self._store, self._world, self._zone, self._names)

    def _look_up_held(self, made: Turn) -> HeldFound | None:
        person = self._person()
        self._look_up_cases(made)
        return HeldFound(self._own_data.of(person, self.sitting)) if person else None

    def _open_content(self, made: Turn) -> Move | None:
        case, person = held_case(self.sitting), self._person()
        if case is None or person is None:
            return None
        try:
            opened = self._content_room.open(case.case_id, person)
        except IllegalMove:
            return HeldFound(self._own_data.of(person, self.sitting), NOT_NOW)
        return self._content_come(opened) if opened else None

    def _content_come(self, opened: Opened) -> ContentCome:
        if opened.lines is None:
            return ContentCome(opened.case_id)
        return ContentCome(opened.case_id, self._own_data.lines(opened.service_id, opened.lines))

    def _drop_content(self, made: Turn) -> None:
        self._content_room.drop()

    def _ask_of_held(self, made: Turn) -> HeldFound | None:
        person = self._person()
        if person is None:
            return None
        wish = next(ASKS[errand] for errand in made.errands if errand in ASKS)
        outcome = self._own_data.ask(person, self.sitting, wish)
        return HeldFound(self._own_data.of(person, self.sitting), outcome)

    def _hear_replies(self, made: Turn) -> None:
        if person := self._person():
            self._own_data.hear(person, self.sitting)

    def _erase_case(self, made: Turn) -> HeldFound | None:
        person = self._person()
        if person is None:
            return None
        outcome = self._own_data.erase(person, self.sitting)
        return HeldFound(self._own_data.of(person, self.sitting), outcome)

    def _submit(self, made: Turn) -> Submitted:
        now = self._clock.now()
        person = owner(self.sitting, self._world, self._site_key)
        member = member_of(self.sitting, self._site_key)
        helper = agent(self.sitting, self._world, self._site_key)
        built = build_submission(self.sitting, self._world, person, now, member, helper)
        beside = self.sitting.beside
        submission = replace(built, operator=beside.name if beside else None)
        wish = self._shown.evidence(submission, now, self._store.box_id())
        pictures = self._paper_room.brought(handed_in(self.sitting, self._world))
        receipt = self._store.submit(replace(submission, wish=wish), pictures)
        return Submitted(Receipt(receipt.case_id, receipt.number, receipt.ticket, receipt.due, receipt.head))

    def _call_person(self, made: Turn) -> None:
        self._call = self._store.call_person(self.sitting.place, self._clock.now()).id

    def _who_came(self, made: Turn) -> HelperCame:
        return HelperCame(who_came(self._store, self._call))

    def _draw_number(self, made: Turn) -> NumberDrawn | None:
        try:
            return self._number_room.draw(self.sitting.place) if self._number_room else None
        except StoreTrouble:
            letter = self.sitting.place.split(":")[1]
            self.sitting = self.sitting.go(f"number:{letter}")
            raise

    def _look_for_calls(self, made: Turn) -> NumberCalled | None:
        return self._number_room.look(self.sitting.called) if self._number_room else None

    def _ask(self, made: Turn) -> Answered:
        if self._asker is None:
            return Answered(NO_ANSWERS)
        found = self._asker.ask(self.sitting.question, self.sitting.language)
        return Answered(only_offered(found, self._world))

    def _rate(self, made: Turn) -> RatingKept:
        try:
            return keep_rating(self.sitting, made.rating, self._world, self._store, self._clock.now())
        except StoreTrouble:
            self._ask_again("rate")
            raise

    def _tell_why(self, made: Turn) -> None:
        try:
            tell_why(self.sitting, made.reason, self._store)
        except StoreTrouble:
            self._ask_again("why")
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
        if self._number_room is not None:
            paper = paper or self._number_room.paper(self.sitting.place, self.sitting.number)
        name = self.sitting.place.removeprefix("printing:")
        return self._print_room.print(name, paper, self.sitting.language)

    def _take_picture(self, made: Turn) -> PictureTaken | None:
        material, service = self.sitting.place.partition(":")[2], self._world.services[self.sitting.service]
        names = {one.id: one.text().show(self.sitting.language) for one in service.material}
        return self._paper_room.take(material, names[material])

    def _keep_preferences(self, made: Turn) -> PreferencesKept | None:
        person = self._person()
        return PreferencesKept(self._likings.keep(person, self.sitting, self._world)) if person else None

    def _forget_preferences(self, made: Turn) -> PreferencesKept | None:
        person = self._person()
        if person is None:
            return None
        self._likings.forget(person)
        return PreferencesKept(None)

    def _end(self, made: Turn) -> None:
        self.ended = True
        try:
            self._store.sign_today()
        except StoreTrouble as trouble:
            log.error("no head of today yet: store %s", trouble.kind)
