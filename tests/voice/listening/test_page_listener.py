"""A page is asked, somebody answers: what reaches the screen, and what never does."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.catalogue import load_catalogue
from kiosk.flow.page import Choice
from kiosk.ports import Deaf, Hearing, NotUnderstood, Opened, Shut, Understood, Wish, Wished
from kiosk.text import same
from tests.voice.listening.listening_rooms import WAIT, Notes, page
from voice.listener import PageListener
from voice.own_voice import OwnVoice

PUPPET = str(Path(__file__).parent / "puppet.py")
Hire = Callable[..., PageListener]


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def hire(notes: Notes, tmp_path: Path) -> Iterator[Hire]:
    """A listener whose process plays these parts."""
    hired: list[PageListener] = []

    def make(*parts: str | list[str]) -> PageListener:
        program = (sys.executable, PUPPET, json.dumps(parts))
        made = PageListener(notes.take, {"ko": tmp_path}, program=program)
        hired.append(made)
        made.attend(page(), "ko")
        return made

    yield make
    for one in hired:
        one.close()


def test_what_somebody_says_is_the_answer_to_the_page(hire: Hire, notes: Notes) -> None:
    hire(["네"]).open()
    notes.wait_for(Understood(choice="yes"))
    assert notes.heard == [Opened(), Shut(), Understood(choice="yes")] and notes.levels == [0.5]


def test_a_command_is_heard_on_any_page(hire: Hire, notes: Notes) -> None:
    hire(["직원"]).open()
    notes.wait_for(Wished(Wish.PERSON))


def test_other_words_are_no_answer(hire: Hire, notes: Notes) -> None:
    hire(["날씨"]).open()
    notes.wait_for(NotUnderstood())


def test_the_page_learns_that_nobody_spoke(hire: Hire, notes: Notes) -> None:
    hire("nobody").open()
    notes.wait_for(NotUnderstood(silent=True))


def test_after_three_questions_without_a_voice_staff_are_told_once(hire: Hire, notes: Notes) -> None:
    listener = hire(*["nobody"] * 4)
    for times in range(1, 5):
        listener.open()
        notes.wait_for(NotUnderstood(silent=True), times)
        assert notes.heard.count(Deaf("silent")) == (1 if times >= 3 else 0)


def test_a_voice_in_between_shows_that_the_microphone_is_well(hire: Hire, notes: Notes) -> None:
    listener = hire("nobody", "nobody", ["네"], "nobody")
    for times in range(1, 5):
        listener.open()
        assert notes.wait(lambda now, times=times: now.heard.count(Shut()) == times)  # type: ignore[misc]
    notes.wait_for(NotUnderstood(silent=True), 3)
    assert Deaf("silent") not in notes.heard


def test_an_answer_to_the_page_before_is_never_taken_for_this_one(hire: Hire, notes: Notes) -> None:
    """The words were on their way when a key turned the page: a yes to one question answers no other."""
    listener = hire("late", ["아니요"])
    listener.open()
    notes.wait_for(Opened())
    listener.attend(page("other"), "ko")
    listener.open()
    notes.wait_for(Understood(choice="no"))
    assert notes.heard == [Opened(), Shut(), Opened(), Shut(), Understood(choice="no")]


def test_where_the_key_ends_an_answer_what_was_begun_is_taken(hire: Hire, notes: Notes) -> None:
    listener = hire("speaking")
    listener.open()
    notes.wait_for(Opened())
    listener.shut()
    notes.wait_for(Understood(choice="yes"))


def test_a_key_before_anything_was_said_is_an_answer_of_nobody(hire: Hire, notes: Notes) -> None:
    listener = hire("speaking silently")
    listener.open()
    notes.wait_for(Opened())
    listener.shut()
    notes.wait_for(NotUnderstood(silent=True))


def test_another_key_that_is_heard_as_one_forgets_what_was_begun(hire: Hire, notes: Notes) -> None:
    """The screen shuts the microphone and looks at its page anew: half a "no" is not an answer."""
    listener = hire("late", ["아니요"])
    listener.open()
    notes.wait_for(Opened())
    listener.shut()
    listener.attend(page(), "ko")
    listener.open()
    notes.wait_for(Understood(choice="no"))
    assert Understood(choice="yes") not in notes.heard


def test_once_the_page_has_turned_nothing_of_the_old_one_arrives(tmp_path: Path) -> None:
    """The words were understood, and the page turned in that very moment: the screen is not told any more."""
    told: list[tuple[int, Hearing]] = []
    shown = [1]
    turned, over = threading.Event(), threading.Event()

    def turn() -> None:
        listener.attend(page("other"), "ko")
        shown[0] = 2
        turned.set()

    def take(hearing: Hearing) -> None:
        told.append((shown[0], hearing))
        if isinstance(hearing, Shut):
            threading.Thread(target=turn).start()
            # It may turn now, or not before this has returned: either is well.
            turned.wait(0.5)
        elif isinstance(hearing, NotUnderstood):
            over.set()

    program = (sys.executable, PUPPET, '[["네"], "nobody"]')
    listener = PageListener(take, {"ko": tmp_path}, program=program)
    listener.attend(page(), "ko")
    listener.open()
    assert turned.wait(WAIT)
    listener.open()
    assert over.wait(WAIT)
    listener.close()
    assert [hearing for number, hearing in told if number == 2 and isinstance(hearing, Understood)] == []


def test_a_language_without_a_model_is_told_and_the_others_are_still_heard(hire: Hire, notes: Notes) -> None:
    listener = hire(["네"])
    listener.attend(page(), "zh")
    notes.wait_for(Deaf("no_model"))
    listener.open()
    notes.wait_for(Deaf("no_model"), 2)
    listener.attend(page(), "ko")
    listener.open()
    notes.wait_for(Understood(choice="yes"))


def test_words_that_cannot_be_read_are_told_to_staff(notes: Notes, tmp_path: Path) -> None:
    accents = tmp_path / "accents.toml"
    accents.write_text("initials = 7", encoding="ascii")
    listener = PageListener(
        notes.take, {"zh": tmp_path}, accents=accents, program=(sys.executable, PUPPET, "[]")
    )
    listener.attend(page(), "zh")
    listener.open()
    notes.wait_for(Deaf("no_words"))
    listener.close()


def test_who_was_speaking_when_it_fell_is_asked_again(hire: Hire, notes: Notes) -> None:
    listener = hire("die", ["never reached"])
    listener.open()
    notes.wait_for(NotUnderstood())
    assert notes.heard == [Opened(), Shut(), NotUnderstood()]


def test_one_that_falls_again_and_again_is_left_alone(hire: Hire, notes: Notes) -> None:
    listener = hire("die")
    for times in range(1, 5):
        listener.open()
        notes.wait_for(NotUnderstood(), times)
    notes.wait_for(Deaf("unsteady"))
    assert listener.child is None


def test_one_that_cannot_be_started_is_told(notes: Notes, tmp_path: Path) -> None:
    listener = PageListener(notes.take, {"ko": tmp_path}, program=(str(tmp_path / "nothing"),))
    listener.attend(page(), "ko")
    notes.wait_for(Deaf("unsteady"))
    listener.close()


def test_one_that_hangs_is_replaced_and_the_question_asked_again(hire: Hire, notes: Notes) -> None:
    listener = hire("hang")
    listener.open()
    notes.wait_for(Opened())
    first = listener.child
    notes.wait_for(NotUnderstood())
    assert listener.child not in (first, None)


def test_every_reason_has_words_for_staff() -> None:
    texts = load_catalogue("voice")
    for reason in ("no_model", "bad_model", "other_language", "no_engine", "no_words", "silent", "unsteady"):
        assert {"zh", "en"} <= set(texts[f"deaf.{reason}"].shown)


def test_a_screen_that_is_gone_does_not_stop_the_listening(tmp_path: Path) -> None:
    told: list[Hearing] = []
    enough = threading.Event()

    def gone(hearing: Hearing) -> None:
        told.append(hearing)
        if isinstance(hearing, Understood):
            enough.set()
        raise RuntimeError

    listener = PageListener(gone, {"ko": tmp_path}, program=(sys.executable, PUPPET, '[["네"]]'))
    listener.attend(page(), "ko")
    listener.open()
    assert enough.wait(WAIT)
    listener.close()


def test_names_on_the_page_and_words_that_were_said_are_in_no_representation(hire: Hire) -> None:
    """K26: an exception's text or a debugger's list shows neither."""
    from voice.listening.messages import Answer
    from voice.listening.questions import PageQuestion

    somebody = Choice("one", same("김철수"))
    order = PageQuestion(page("who", somebody), "ko", None).listen(1)
    assert order.phrases and "김철수" in " ".join(order.phrases)
    assert "김철수" not in repr(order) + repr(Answer(1, ["김철수"])) + repr(Understood(typed="김철수"))


class Muted:
    """A listener that keeps how it was muted."""

    def __init__(self) -> None:
        self.muted: list[bool] = []

    def attend(self, *_: object) -> None: ...
    def open(self) -> None: ...
    def shut(self) -> None: ...
    def close(self) -> None: ...

    def mute(self, *, on: bool) -> None:
        self.muted.append(on)


def test_a_listener_that_comes_while_the_kiosk_speaks_is_muted_at_once() -> None:
    own_voice, listener = OwnVoice(), Muted()
    own_voice.sounding(True)
    own_voice.spare(listener)
    own_voice.sounding(False)
    assert listener.muted == [True, False]
