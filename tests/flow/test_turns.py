"""Whatever people, cards, clocks and the store do: nothing is lost, and nothing is sent by itself."""

from __future__ import annotations

import datetime
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiosk.flow.answering import OLD_CALENDAR
from kiosk.flow.earlier_values import EarlierValues
from kiosk.flow.moves import (
    Back,
    CallPerson,
    CardLaid,
    CardLifted,
    CaseLine,
    Choose,
    Draw,
    Enter,
    Found,
    Help,
    Move,
    NextLanguage,
    NotStored,
    Overlay,
    PreferencesKept,
    Prefers,
    Quiet,
    ReaderSays,
    Receipt,
    Submitted,
)
from kiosk.flow.page import PageKind
from kiosk.flow.pages.now import page_of
from kiosk.flow.path import SavedDraft, StepKind
from kiosk.flow.preferences import Preferences
from kiosk.flow.records import RecordLine, RecordNews, RecordState
from kiosk.flow.sitting import Errand, Sitting
from kiosk.flow.source import CardFields, Slot
from kiosk.flow.turn import _ROOMS, turn
from kiosk.services.question import FieldKind
from kiosk.text import EMPTY, LANGUAGES, same
from tests.flow.every_kind import SOUND, on
from tests.flow.residents import (
    AT_EIGHTY,
    DEHOU,
    EVERY_KIND,
    GUIFANG,
    LI_MEI,
    TODAY,
    TRIAL,
    WORLD,
    begun,
    clean_replay,
    led,
    moved,
    ways_on,
)

RECEIPT = Receipt("case", "2026-1102-48203915", "A7", TODAY)
CASE = CaseLine(RECEIPT.number, RECEIPT.ticket, EMPTY, WORLD.texts["stage.queued"], None)
TYPED = st.sampled_from(
    ["", "?", "1944 3 5", "1930 1 1", "2026 11 2", "990101194403050029", "138 0013 8000",
     "6200 0000 0000 0005", "张桂芳", "9" * 6000, "\ud800"]
)  # fmt: skip
FAR_FETCHED = st.sampled_from(
    ["yes", "no", "skip", "leave", "submit", "go", "enter", "99", "²", "-1", "change:hukou",
     "change:bank_card", "elderly-allowance", "xx", "", "every-kind", "add", "done", "1", "remove", "change",
     "meals", "9901", "elsewhere", "right", "change:name", "change:goods", "usual", "forget",
     OLD_CALENDAR]
)  # fmt: skip
EARLIER: EarlierValues = {
    ("phone", FieldKind.PHONE): "13900000002",
    ("address", FieldKind.ADDRESS): SOUND["home"],
}
STARTS = (
    Sitting(),
    begun(None),
    begun(GUIFANG),
    begun(LI_MEI),
    led(begun(None), {**AT_EIGHTY, "question:account": Choose("bank")}, until="check"),
    led(begun(LI_MEI), {}, until="sign"),
    led(begun(None), {**AT_EIGHTY, "question:who": Choose("family")}),
    begun(GUIFANG, EVERY_KIND, TRIAL),
    on("question:home", "home", "goods", "need"),
    on("question:goods", "goods", card=GUIFANG),
    on("question:booklet", "insurance", card=GUIFANG),
    on("check"),
    led(
        moved(
            on("check", "name", "birth_date", "id_number", card=GUIFANG),
            Choose("change:name"),
            Enter("张桂花"),
            world=TRIAL,
        ),
        {},
        until="sign",
        world=TRIAL,
    ),
    led(
        moved(
            Sitting(place="do", card=GUIFANG, keep=True, earlier=EARLIER),
            Choose(EVERY_KIND),
            Choose("yes"),
            world=TRIAL,
        ),
        {"question:who": Choose("self")},
        until="check",
        world=TRIAL,
    ),
    moved(
        on("question:insurance", "insurance", card=GUIFANG),
        RecordNews(
            "insurance",
            RecordState.FOUND,
            "social-insurance",
            same("记录"),
            (RecordLine(same("月数"), same("9")),),
        ),
        Choose("right"),
        Choose("go"),
        world=TRIAL,
    ),
)
"""Some way along, so that chance gets further than the first pages."""
CARDS = st.sampled_from([GUIFANG, LI_MEI, DEHOU, {"name": "李梅"}, {}])


class AnyVisit(RuleBasedStateMachine):
    """A visit driven by chance, where one of the services has every kind of answer."""

    def __init__(self) -> None:
        super().__init__()
        self.sitting = Sitting()
        self.drafts: list[SavedDraft] = []

    @initialize(start=st.sampled_from(STARTS))
    def come_in(self, start: Sitting) -> None:
        self.sitting = start

    def do(self, move: Move) -> tuple[Errand, ...]:
        before = self.sitting
        page = page_of(before, TRIAL)
        made = turn(before, move, TRIAL)
        self.sitting = made.sitting
        for errand in made.errands:
            if errand is Errand.BEGIN_DRAFT:
                self.sitting = replace(self.sitting, draft_id="draft")
            elif errand is Errand.SUBMIT:
                assert move == Choose("submit")
                assert page.kind is PageKind.SUBMIT
                self.check_submission(before)
        return made.errands

    def check_submission(self, sitting: Sitting) -> None:
        """What is sent is what a clean replay of the final path gives (flows.md e 1)."""
        path, replay = sitting.path(TRIAL), clean_replay(sitting, TRIAL)
        assert path.end == "submit"
        assert replay == path
        assert path.consents and all(path.consents.values())
        assert sitting.given.marks["check"] == sitting.given.marks["sign"] == path.digest

    @rule(data=st.data())
    def choose_what_is_offered(self, data: st.DataObject) -> None:
        choices = [choice.id for choice in page_of(self.sitting, TRIAL).choices]
        self.do(Choose(data.draw(st.sampled_from(choices))))

    @rule(data=st.data())
    def answer_what_is_asked(self, data: st.DataObject) -> None:
        moves = list(ways_on(self.sitting, TRIAL, refusing=False)) if not self.sitting.overlay else []
        self.do(data.draw(st.sampled_from(moves)) if moves else Choose("go"))

    @rule(steps=st.integers(5, 20))
    def answer_on(self, steps: int) -> None:
        for _ in range(steps):
            move = None if self.sitting.overlay else next(ways_on(self.sitting, TRIAL, refusing=False), None)
            if move is not None:
                self.do(AT_EIGHTY.get(self.sitting.place, move))

    @rule(choice=FAR_FETCHED)
    def choose_what_is_not_there(self, choice: str) -> None:
        self.do(Choose(choice))

    @rule(typed=TYPED)
    def type_something(self, typed: str) -> None:
        self.do(Enter(typed))

    @rule()
    def go_back(self) -> None:
        """K09: Back keeps every answer."""
        before = self.sitting
        self.do(Back())
        if before.service and self.sitting.service:
            assert self.sitting.given == before.given

    @rule(move=st.sampled_from([Help(), CallPerson(), NextLanguage()]))
    def use_a_bar_key(self, move: Move) -> None:
        """Help, a person and the language are for every page, and change no answer."""
        before = self.sitting
        self.do(move)
        assert (self.sitting.place, self.sitting.given) == (before.place, before.given)

    @rule()
    def leave_the_overlay_for_the_same_page(self) -> None:
        """Help and a call return to the same half-typed input (flows.md e 20)."""
        plain = replace(self.sitting, overlay=Overlay.NONE)
        asked = turn(plain, Help(), TRIAL).sitting
        assert turn(asked, Back(), TRIAL).sitting == replace(plain, trouble="")

    @rule(fields=CARDS)
    def lay_a_card(self, fields: CardFields) -> None:
        """It changes no answer, but what was said of another card's record."""
        answers = dict(self.sitting.given.answers)
        self.do(CardLaid(fields))
        if self.sitting.place != "goodbye":
            answers.pop("insurance", None)
            assert {key: a for key, a in self.sitting.given.answers.items() if key != "insurance"} == answers

    @rule()
    def lift_the_card(self) -> None:
        self.do(CardLifted())

    @rule(key=st.sampled_from(["", "card.hold_still", "card.reader_missing", "card.bad_read"]))
    def the_reader_says(self, key: str) -> None:
        self.do(ReaderSays(key))

    @rule(over=st.sampled_from([False] * 9 + [True]))
    def nobody_moves(self, over: bool) -> None:
        self.do(Quiet(over))

    @rule(strokes=st.sampled_from(["[[1,2],[3,4]]", ""]))
    def draw(self, strokes: str) -> None:
        self.do(Draw(strokes))

    @rule(count=st.integers(0, 3), with_draft=st.booleans())
    def the_store_finds(self, count: int, with_draft: bool) -> None:
        draft = self.drafts[-1] if with_draft and self.drafts else None
        self.do(Found((CASE,) * count, draft, EARLIER if count else {}))

    @rule(state=st.sampled_from(list(RecordState)), question=st.sampled_from(["insurance", "phone", "x"]))
    def a_source_answers(self, state: RecordState, question: str) -> None:
        """At any time, also when nobody waits for it any more."""
        before = self.sitting
        lines = (RecordLine(same("缴费月数"), same("132")),) if state is RecordState.FOUND else ()
        self.do(RecordNews(question, state, "social-insurance", same("记录"), lines))
        assert (self.sitting.place, self.sitting.given.answers) == (before.place, before.given.answers)

    @precondition(lambda self: self.sitting.service)
    @rule()
    def the_store_keeps_a_draft(self) -> None:
        at = datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC)
        self.drafts.append(
            SavedDraft("draft", self.sitting.service, replace(self.sitting.given, marks={}), at)
        )

    @rule(speed=st.integers(1, 7), colours=st.sampled_from([None, "light"]))
    def set_something(self, speed: int, colours: str | None) -> None:
        self.do(Prefers(Preferences(rate=speed, colours=colours)))

    @rule(kept=st.sampled_from([None, Preferences(rate=7)]))
    def the_store_keeps_what_was_set(self, kept: Preferences | None) -> None:
        self.do(PreferencesKept(kept))

    @rule(key=st.sampled_from(["trouble.not_sent", "trouble.not_stored"]))
    def the_store_fails(self, key: str) -> None:
        before = self.sitting
        self.do(NotStored(key))
        assert (self.sitting.place, self.sitting.given) == (before.place, before.given)

    @precondition(lambda self: self.sitting.place == "submit" and not self.sitting.overlay)
    @rule()
    def hand_it_in(self) -> None:
        if Errand.SUBMIT in self.do(Choose("submit")):
            self.do(Submitted(RECEIPT))
            assert self.sitting.place == "receipt"

    @invariant()
    def there_is_always_a_page_in_both_languages(self) -> None:
        page = page_of(self.sitting, TRIAL)
        assert self.sitting.place.partition(":")[0] in _ROOMS
        assert self.sitting.language in LANGUAGES
        assert page.choices
        for language in LANGUAGES:
            assert page.heading.show(language)
            assert page.heading.say(language)

    @invariant()
    def nothing_of_the_person_is_left_at_the_end(self) -> None:
        if self.sitting.place == "goodbye":
            left = replace(
                self.sitting, language="zh", card_lying=Slot.NONE, card_trouble="", overlay=Overlay.NONE
            )
            bare = replace(left, draft_id="", trouble="", misses=0, told=(), language_chosen=False)
            assert bare == Sitting(place="goodbye")


TestAnyVisit = AnyVisit.TestCase
TestAnyVisit.settings = settings(max_examples=250, stateful_step_count=50, deadline=None)

AT_SUBMIT = led(begun(None), AT_EIGHTY)


def test_no_other_key_hands_it_in() -> None:
    """K13: only the explicit choice on the page for it, and not through an overlay."""
    moves: list[Move] = [Enter(""), Enter("submit"), Back(), Help(), Choose("go"), Choose("look"), Draw("[]"),
                         CardLaid(GUIFANG), CardLifted(), Quiet(), Quiet(over=True), NextLanguage(),
                         CallPerson()]  # fmt: skip
    for move in moves:
        assert Errand.SUBMIT not in turn(AT_SUBMIT, move, WORLD).errands, move
    for overlay in (Overlay.HELP, Overlay.CALLED, Overlay.IDLE, Overlay.TROUBLE):
        covered = replace(AT_SUBMIT, overlay=overlay, trouble="trouble.not_sent")
        assert Errand.SUBMIT not in turn(covered, Choose("submit"), WORLD).errands
    assert turn(AT_SUBMIT, Choose("submit"), WORLD).errands == (Errand.SUBMIT,)


def test_submit_chosen_elsewhere_sends_nothing() -> None:
    """K13: a stuck key on any page before the last."""
    for place in [step.place for step in AT_SUBMIT.path(WORLD).steps if step.kind is not StepKind.SUBMIT]:
        assert Errand.SUBMIT not in turn(AT_SUBMIT.go(place), Choose("submit"), WORLD).errands


def test_back_walks_every_page_to_the_first_and_keeps_all_answers() -> None:
    """K09."""
    sitting = AT_SUBMIT
    for place in reversed([step.place for step in AT_SUBMIT.path(WORLD).steps]):
        assert sitting.place == place
        assert sitting.given == AT_SUBMIT.given
        sitting = turn(sitting, Back(), WORLD).sitting
    assert sitting.place == "pause"
    assert turn(sitting, Choose("stay"), WORLD).sitting.given == AT_SUBMIT.given


def test_a_language_that_is_not_there_is_not_taken() -> None:
    assert turn(Sitting(), Choose("xx"), WORLD).sitting == Sitting()


def test_the_language_goes_round() -> None:
    once = turn(AT_SUBMIT, NextLanguage(), WORLD).sitting
    assert once.language == "en"
    assert turn(once, NextLanguage(), WORLD).sitting == replace(AT_SUBMIT, language_chosen=True)


def test_the_warning_comes_on_every_page_but_the_one_at_rest() -> None:
    """K31."""
    assert turn(Sitting(), Quiet(), WORLD).sitting == Sitting()
    assert turn(AT_SUBMIT, Quiet(), WORLD).sitting.overlay is Overlay.IDLE
    stays = turn(turn(AT_SUBMIT, Quiet(), WORLD).sitting, Choose("go"), WORLD).sitting
    assert stays == AT_SUBMIT


def test_what_was_not_to_be_kept_is_dropped_on_leaving() -> None:
    for keep, errands in ((True, ()), (False, (Errand.DROP_DRAFT,)), (None, (Errand.DROP_DRAFT,))):
        sitting = replace(AT_SUBMIT, keep=keep, draft_id="d")
        assert turn(sitting, Quiet(over=True), WORLD).errands == errands


def test_the_best_of_five_levels_is_five() -> None:
    rating = Sitting(place="rate")
    levels = ("very-good", "good", "fair", "poor", "very-poor")
    assert [turn(rating, Choose(level), WORLD).rating for level in levels] == [5, 4, 3, 2, 1]
    assert turn(rating, Back(), WORLD).errands == ()
