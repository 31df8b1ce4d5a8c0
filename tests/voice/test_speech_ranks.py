"""What is said first, what interrupts, and what is never said because it is no longer true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.flow.page import Choice, Page, PageKind
from kiosk.text import Privacy, Text, same
from voice.script import Sentence
from voice.spoken_forms import traced
from voice.utterances import Rank, Utterance, Waiting

if TYPE_CHECKING:
    from tests.voice.conftest import Booth

WAIT = 30.0
KEYS = 50
TEN = Page(
    "list",
    PageKind.CHOICE,
    same("Which?"),
    choices=tuple(Choice(str(at), same(f"Choice {'abcdefghij'[at]}")) for at in range(10)),
)


def both(zh: str, en: str) -> Text:
    return Text({"zh": zh, "en": en})


def line(text: str, rank: Rank) -> Utterance:
    return Utterance(Sentence(text, Privacy.OPEN, "body"), traced(text, "en"), "en", "page", rank)


def started(booth: Booth) -> list[str]:
    return [text for event, text in booth.events() if event == "start"]


def ended(booth: Booth) -> list[str]:
    return [text for event, text in booth.events() if event == "end"]


def test_what_waits_is_taken_by_rank_and_then_in_its_order() -> None:
    waiting = Waiting()
    waiting.add([line("page one", Rank.NORMAL), line("page two", Rank.NORMAL)])
    waiting.add([line("focus", Rank.NEXT)])
    waiting.add([line("error", Rank.NOW)])
    waiting.again(line("cut off", Rank.NORMAL))
    taken = [waiting.take() for _ in range(5)]
    assert [one.words for one in taken if one] == ["error", "focus", "cut off", "page one", "page two"]
    assert not waiting


def test_somebody_who_runs_through_a_list_hears_only_where_they_stopped(booth: Booth) -> None:
    """K20: fifty arrow keys, one sentence: speech never lags behind the fingers."""
    speaker = booth.speaker(sound=False)
    for at in range(KEYS):
        speaker.stop()
        speaker.focus(TEN, TEN.choices[at % 10], "en")
    assert speaker.wait_quiet(WAIT)
    assert ended(booth) == ["ten, Choice j."]


def test_moves_while_the_page_is_being_said_do_not_queue_up(booth: Booth) -> None:
    """After the sentence that sounds, only the last choice, then the page goes on."""
    speaker = booth.speaker(sound=False)
    speaker.present(TEN, "en")
    assert booth.ear.wait(lambda ear: bool(ear.captions))
    for at in range(KEYS):
        speaker.focus(TEN, TEN.choices[at % 10], "en")
    assert booth.ear.wait(lambda ear: len(ear.captions) >= 3)
    speaker.stop()
    assert speaker.wait_quiet(WAIT)
    assert started(booth)[:3] == ["Which?", "ten, Choice j.", "one, Choice a."]


def test_fifty_letters_typed_in_a_row_leave_nothing_to_say(booth: Booth, long_page: Page) -> None:
    """K08: every key of a field stops the voice."""
    speaker = booth.speaker(sound=False)
    speaker.present(long_page, "zh")
    for _ in range(KEYS):
        speaker.stop()
    assert speaker.wait_quiet(WAIT)
    assert ended(booth) == []
    assert speaker.wait_quiet(0.0) and not speaker.speaking


def test_of_fifty_notices_only_the_last_is_said_to_its_end(booth: Booth) -> None:
    """K21: a key held down to speak slower is no litany."""
    speaker = booth.speaker(sound=False)
    for at in range(KEYS):
        speaker.notice(same(f"Speed {'abcdefghij'[at % 10]}"), "en")
    assert speaker.wait_quiet(WAIT)
    assert ended(booth) == ["Speed j."]


def test_an_error_comes_before_the_focus_and_the_focus_before_the_page(booth: Booth) -> None:
    speaker = booth.speaker(sound=False)
    speaker.present(TEN, "en")
    assert booth.ear.wait(lambda ear: bool(ear.captions))
    speaker.focus(TEN, TEN.choices[3], "en")
    speaker.notice(both("卡没放好", "The card is not in place"), "en")
    assert booth.ear.wait(lambda ear: len(ear.captions) >= 4)
    speaker.stop()
    assert speaker.wait_quiet(WAIT)
    assert started(booth)[:4] == ["Which?", "The card is not in place.", "four, Choice d.", "Which?"]


@pytest.mark.parametrize("first", ["focus", "notice"])
def test_a_new_page_drops_all_that_was_meant_for_the_old_one(
    booth: Booth, who_page: Page, first: str
) -> None:
    """A hint that is stale is worse than none."""
    speaker = booth.speaker(sound=False)
    speaker.present(TEN, "en")
    if first == "focus":
        speaker.focus(TEN, TEN.choices[3], "en")
    else:
        speaker.notice(same("The card is not in place"), "en")
    speaker.present(who_page, "en")
    assert speaker.wait_quiet(WAIT)
    assert ended(booth) == [
        "Who is it for?",
        "one, Myself.",
        "two, A family member.",
        "Press the number of your choice.",
    ]
