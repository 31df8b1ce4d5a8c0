"""Everything that writes to the store, as the errands of a day at the centre, one after another for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kiosk.cases.calling import Lane, Numbers, Window
from kiosk.cases.corrections import HeardBy
from kiosk.cases.identity import SEEN, Shown
from kiosk.cases.materials import ATTACHED, LEFT_OUT, Brought, Copy, Kind, Standing
from kiosk.cases.moves import Act, IllegalMove
from kiosk.cases.rating import Rating
from kiosk.cases.retention import Over
from kiosk.cases.submission import IdentityRecord, Submission
from kiosk.cases.telling import Came
from kiosk.flow.proof import Basis
from kiosk.services.proof import CardRole, Proof
from kiosk.store import Store
from tests.store.children import Say
from tests.store.people import CHEN, GUIFANG, MONDAY, WANG, ZHOU, application, draft, new_id

FAR_OFF = date(2027, 3, 3)
"""A workday."""
WINDOW = Window("1", "A")


@dataclass
class Day:
    """Whoever does it says what they begin, and what is done, as soon as the store has promised it."""

    store: Store
    folder: Path
    say: Say

    def does(self, act: str, case_id: str, step: Callable[[], object], kind: str = "") -> None:
        """`kind`: of the line that it leaves in the book of the case."""
        self.say(f"> {act}")
        step()
        self.say(f"= {case_id} {kind or '-'}")

    def handed_in(self) -> str:
        """By somebody whose answers were kept one by one, and who pressed the key twice."""
        sent = _of_somebody_seen()
        self.does("save_draft", sent.id, lambda: self.store.save_draft(draft(sent.id)))
        self.does("submit", sent.id, lambda: self.store.submit(sent), "submitted")
        self.does("submit again", sent.id, lambda: self.store.submit(sent))
        return sent.id

    def in_hand(self) -> tuple[str, int]:
        """A new case that Wang has, and her epoch."""
        case = self.handed_in()
        self.does("claim", case, lambda: self.store.claim(case, WANG), "claimed")
        return case, 1

    def keeps(self, case: str, epoch: int, act: str, kind: str, *words: str) -> None:
        """A save at the desk, under a claim."""
        step = getattr(self.store, act)
        self.does(act, case, lambda: step(case, WANG, epoch, *words), kind)


def staffed(store: Store) -> None:
    for actor in (WANG, CHEN, ZHOU):
        store.add_account(actor.name, actor.role, "-")


def _of_somebody_seen() -> Submission:
    seen = (IdentityRecord(CardRole.SUBJECT, Proof.CLAIMED, Basis.TYPED, MONDAY),)
    return replace(application(new_id()), identity=seen)


def _ask_and_receive(day: Day) -> None:
    case, epoch = day.in_hand()
    day.keeps(case, epoch, "ask_info", "info_asked", "户口本")
    day.does("receive_info", case, lambda: day.store.receive_info(case, WANG, "带来了"), "info_received")
    day.keeps(case, epoch + 1, "complete", "completed", "批准")


def _file(day: Day) -> None:
    case, epoch = day.in_hand()
    day.keeps(case, epoch, "begin_check", "checking")
    day.keeps(case, epoch, "accept", "accepted")
    day.keeps(case, epoch, "begin_filing", "filing")
    day.keeps(case, epoch, "fail_filing", "filing_failed", "网页打不开")
    day.keeps(case, epoch, "begin_filing", "filing")
    day.keeps(case, epoch, "confirm_filing", "filed", "MZ-118", "MZ-118")


def _work_through(day: Day) -> None:
    case, epoch = day.in_hand()
    store = day.store
    day.does("tick_field", case, lambda: store.tick_field(case, "name", WANG, epoch), "ticked")
    day.does("record_view", case, lambda: store.record_view(case, WANG, "id_number"), "viewed")
    seen = (case, WANG, epoch, CardRole.SUBJECT, Shown.ID_CARD)
    day.does("see_person", case, lambda: store.see_person(*seen), SEEN)
    day.does("keep_note", case, lambda: store.keep_note(case, WANG, Act.COMPLETE, ["写了半天"]))
    day.keeps(case, epoch, "put_down", "put_down")


def _put_right(day: Day) -> None:
    case, epoch = day.in_hand()
    now = next(one for one in day.store.case(case).submission.answers if one.field == "hukou")
    other = replace(now, value="other", shown={"zh": "在外地", "en": "Elsewhere"})
    right = (case, WANG, epoch, other, "户口簿上是外地")
    day.does("correct", case, lambda: day.store.correct(*right), "corrected")
    heard = (case, WANG, epoch, HeardBy.TELEPHONE)
    day.does("note_heard", case, lambda: day.store.note_heard(*heard), HeardBy.TELEPHONE)


def _tell(day: Day) -> None:
    case, epoch = day.in_hand()
    day.keeps(case, epoch, "reject", "rejected", "不满八十岁")
    day.does("note_telling", case, lambda: day.store.note_telling(case, WANG, Came.NOT_THERE), Came.NOT_THERE)
    day.does("tell", case, lambda: day.store.tell(case, WANG, "打了电话"), "told")
    day.does("close_case", case, lambda: day.store.close_case(case, WANG), "closed")
    day.does("reopen", case, lambda: day.store.reopen(case, ZHOU, "年龄看错了"), "reopened")


def _hear_and_rate(day: Day) -> None:
    case, epoch = day.in_hand()
    day.keeps(case, epoch, "complete", "completed", "批准")
    day.does("hear", case, lambda: day.store.hear(case, GUIFANG), "heard")
    poor = Rating(1, "elderly-allowance", {"zh": "高龄津贴"}, case_id=case, stage="closed")
    day.does("rate", case, lambda: day.store.rate(poor, datetime.now(UTC)), "rated")


def _merge(day: Day) -> None:
    other = day.handed_in()
    case, epoch = day.in_hand()
    day.keeps(case, epoch, "merge", "merged", other, "交了两次")


def _hold_and_hand_over(day: Day) -> None:
    case, epoch = day.in_hand()
    store = day.store
    day.does("hold", case, lambda: store.hold(case, WANG, epoch, "等公示", FAR_OFF), "held")
    day.does("wake", case, lambda: store.wake(case, WANG, "来了"), "woken")
    day.does("claim", case, lambda: store.claim(case, WANG), "claimed")
    day.keeps(case, epoch + 1, "offer", "offered", CHEN.name, "请接手")
    day.does("take_over", case, lambda: store.take_over(case, CHEN), "taken_over")
    day.does("assign", case, lambda: store.assign(case, ZHOU, None, "重新分"), "assigned")


def _send_on(day: Day) -> None:
    case, epoch = day.in_hand()
    day.keeps(case, epoch, "transfer", "transferred", "社保", "不归这里办")


def _take_back(day: Day) -> None:
    case = day.handed_in()
    consent = (case, GUIFANG, "id-data")
    day.does("withdraw_consent", case, lambda: day.store.withdraw_consent(*consent), "consent_withdrawn")
    day.does("withdraw", case, lambda: day.store.withdraw(case, GUIFANG), "withdrawn")


def _come_too_late(day: Day) -> None:
    """Her claim is gone: the save is refused, its words are kept."""
    case, epoch = day.in_hand()
    day.keeps(case, epoch, "release", "released")

    def late() -> None:
        try:
            day.store.complete(case, WANG, epoch, "写了半天的话")
        except IllegalMove:
            return
        raise AssertionError("a save under a lost claim went through")

    day.does("a save too late", case, late, "note_kept")


def _bring_papers(day: Day) -> None:
    case = day.in_hand()[0]
    photo = (case, WANG, "id-card", Copy(Kind.JPEG, bytes(200_000)), 20)
    day.does("attach", case, lambda: day.store.attach(*photo), ATTACHED)
    day.does("leave_out", case, lambda: day.store.leave_out(case, WANG, 1), LEFT_OUT)
    laid = Brought("id-card", Copy(Kind.JPEG, bytes(200_000)))
    sent = _of_somebody_seen()
    day.does("submit with papers", sent.id, lambda: day.store.submit(sent, (laid, laid)), "submitted")
    seen = (case, WANG, "id-card", Standing.SEEN)
    day.does("note_material", case, lambda: day.store.note_material(*seen), Standing.SEEN)


def _call_numbers(day: Day) -> None:
    numbers = Numbers(("A",), (WINDOW,), cap=2)
    day.does("draw_number", "", lambda: day.store.draw_number("A", Lane.FIRST, numbers))
    day.does("call_next", "", lambda: day.store.call_next(WINDOW, cap=2))


def _erase(day: Day) -> None:
    case, epoch = day.in_hand()
    day.keeps(case, epoch, "complete", "completed", "批准")
    over = (Over(case, "", date(2026, 11, 3)),)
    day.does("erase", case, lambda: day.store.erase(over), "erased")


def _keep_house(day: Day) -> None:
    now = datetime.now(UTC)
    day.does("tidy", "", day.store.tidy)
    day.does("sign_now", "", day.store.sign_now)
    call = day.store.call_person("home", now)
    day.does("answer_call", "", lambda: day.store.answer_call(call.id, WANG))
    day.does("sweep_drafts", "", lambda: day.store.sweep_drafts(now + timedelta(minutes=1)))
    day.does("set_away", "", lambda: day.store.set_away(WANG.name, WANG, None))
    day.does("note_upkeep", "", lambda: day.store.note_upkeep(0))


def _back_up(day: Day) -> None:
    day.handed_in()
    day.does("back_up", "", lambda: day.store.back_up(day.folder, day.folder / "backups"))


ERRANDS: tuple[Callable[[Day], None], ...] = (
    _ask_and_receive,
    _file,
    _work_through,
    _put_right,
    _tell,
    _hear_and_rate,
    _merge,
    _hold_and_hand_over,
    _send_on,
    _take_back,
    _come_too_late,
    _bring_papers,
    _call_numbers,
    _erase,
    _keep_house,
    _back_up,
)
