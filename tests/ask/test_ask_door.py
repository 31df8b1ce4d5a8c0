"""The door 问 as a person walks it: every way in, every answer with its source, every way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.flow.answers import NO_ANSWERS, Answers
from kiosk.flow.moves import Answered, Back, CallPerson, Choose, Enter, Move, Overlay, Quiet
from kiosk.flow.page import Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.sitting import Errand, Sitting
from kiosk.flow.turn import turn
from tests.ask.guides import asker, moved, shipped, world

AT_THE_DOOR = Sitting(place="ask")
TYPING = Sitting(place="ask-type")
SURE = "八十二了，高龄津贴怎么领"
UNSURE = "打官司"
"""Two services are called that."""
UNHEARD_OF = "明天下雨不下雨"


def page(sitting: Sitting) -> Page:
    return page_of(sitting, world())


def ids(sitting: Sitting) -> list[str]:
    return [choice.id for choice in page(sitting).choices]


def shown(sitting: Sitting, language: str = "zh") -> str:
    return "\n".join(text.show(language) for text in (page(sitting).heading, *page(sitting).body))


def test_at_the_door_one_may_pick_a_word_type_look_through_all_or_call_a_person() -> None:
    assert ids(AT_THE_DOOR) == ["ask-words", "ask-type", "ask-list", "person"]
    assert moved(Sitting(place="home"), Choose("ask")).place == "ask"


def test_without_words_to_pick_the_other_ways_are_there() -> None:
    bare = replace(world(), topics=())
    assert [choice.id for choice in page_of(AT_THE_DOOR, bare).choices] == ["ask-type", "ask-list", "person"]


def test_a_sure_answer_comes_at_once_with_who_says_so_the_law_and_the_last_check() -> None:
    answer = moved(TYPING, Enter(SURE))
    service = shipped()["elderly-allowance"]
    assert answer.place.startswith("ask-answer:elderly-allowance")
    for language in ("zh", "en"):
        for words in (service.title, *(basis.law for basis in service.guide.basis)):
            assert words.text().show(language) in shown(answer, language)
        assert service.owner in shown(answer, language)
        assert service.version in shown(answer, language)
    assert ids(answer) == ["do", "guide", "again", "person"]


def test_an_answer_is_nothing_but_the_words_of_the_service_file() -> None:
    answer = moved(TYPING, Enter("高龄津贴要多久能办好"))
    faq = shipped()["elderly-allowance"].faq[int(answer.place.rpartition(":")[2])]
    assert page(answer).heading == faq.ask.text()
    assert page(answer).body[0] == faq.answer.text()
    assert "工作日" in faq.answer.zh


def test_when_unsure_it_says_so_and_offers_what_was_meant_and_a_person() -> None:
    unsure = moved(TYPING, Enter(UNSURE))
    assert unsure.place == "ask-found"
    assert world().texts["ask-found.unsure"] in page(unsure).body
    assert 2 <= len(ids(unsure)) <= 4
    assert ids(unsure)[-1] == "person"
    chosen = moved(unsure, Choose(ids(unsure)[0]))
    assert chosen.place == f"ask-answer:{ids(unsure)[0]}"
    assert moved(chosen, Back()).place == "ask-found"


def test_where_nothing_is_written_it_says_so_and_makes_nothing_up() -> None:
    nothing = moved(TYPING, Enter(UNHEARD_OF))
    assert nothing.answers == NO_ANSWERS
    assert page(nothing).heading == world().texts["ask-found.nothing"]
    assert ids(nothing) == ["again", "ask-list", "person"]
    assert moved(nothing, Choose("again")).place == "ask-type"
    assert moved(nothing, Choose("ask-list")).place == "ask-list"


def test_none_of_these_calls_a_person() -> None:
    made = turn(moved(TYPING, Enter(UNSURE)), Choose("person"), world())
    assert made.errands == (Errand.CALL_PERSON,)
    assert made.sitting.overlay is Overlay.CALLED


def test_an_empty_question_is_told_what_to_do_in_words_without_blame() -> None:
    """K11."""
    empty = moved(TYPING, Enter("   "))
    assert empty.place == "ask-type"
    assert page(empty).error == world().texts["ask.empty"]
    assert moved(empty, Enter(SURE)).refused is None


def test_back_from_an_answer_keeps_what_was_typed() -> None:
    """K09."""
    unsure = moved(TYPING, Enter(f"  {UNSURE} "))
    entry = page(moved(unsure, Back())).entry
    assert entry is not None
    assert entry.value == UNSURE
    assert page(moved(unsure, Back(), Back(), Choose("ask-type"))).entry == entry


def test_asking_again_begins_with_an_empty_field() -> None:
    entry = page(moved(TYPING, Enter(SURE), Choose("again"))).entry
    assert entry is not None
    assert entry.value == ""


WAYS_IN: list[tuple[Move, ...]] = [
    (Choose("ask-words"), Choose("old-age"), Choose("elderly-allowance"), Choose("0"), Choose("guide")),
    (Choose("ask-words"), Choose("old-age"), Choose("elderly-allowance"), Choose("guide")),
    (Choose("ask-list"), Choose("@elderly"), Choose("elderly-allowance"), Choose("0"), Choose("guide")),
    (Choose("ask-type"), Enter(UNSURE), Choose("court-small-claim"), Choose("guide")),
]


@pytest.mark.parametrize("moves", WAYS_IN)
def test_back_leads_the_way_one_came(moves: tuple[Move, ...]) -> None:
    """K09: page by page, as far as the door."""
    places = [moved(AT_THE_DOOR, *moves[:n]).place for n in range(len(moves) + 1)]
    assert len(set(places)) == len(places)
    there = moved(AT_THE_DOOR, *moves)
    back = [moved(there, *[Back()] * n).place for n in range(len(places))]
    assert back == places[::-1]
    assert moved(there, *[Back()] * len(places)).place == "home"


@pytest.mark.proves("WCAG 2.4.5")
def test_from_an_answer_one_may_begin_at_once() -> None:
    begun = moved(TYPING, Enter(SURE), Choose("do"))
    assert begun.service == "elderly-allowance"


def test_a_question_that_is_heard_on_any_page_of_the_door_is_answered() -> None:
    """Whatever listens sends what it heard as if it had been typed."""
    for place in ("ask", "ask-words", "ask-words:old-age", "ask-list", "ask-type", "ask-found"):
        assert moved(Sitting(place=place), Enter(SURE)).place.startswith("ask-answer:elderly-allowance")


def test_an_answer_that_comes_too_late_is_dropped() -> None:
    late = Answered(Answers(asker().ask(SURE, "zh").hits, sure=True))
    assert moved(Sitting(place="home"), late) == Sitting(place="home")


def test_what_was_asked_is_in_no_log_of_the_visit_and_ends_with_it() -> None:
    """K32, K46."""
    asked = moved(TYPING, Enter(UNSURE))
    assert UNSURE in asked.question
    assert "官司" not in repr(asked)
    gone = moved(asked, Quiet(over=True))
    assert (gone.question, gone.answers) == ("", NO_ANSWERS)


def test_every_page_of_the_door_has_help_and_calls_a_person() -> None:
    for moves in WAYS_IN:
        for n in range(len(moves) + 1):
            there = moved(AT_THE_DOOR, *moves[:n])
            assert page(there).help
            assert turn(there, CallPerson(), world()).errands == (Errand.CALL_PERSON,)


def test_no_word_leads_to_nothing_and_every_service_is_under_some_word() -> None:
    topics = world().topics
    assert len(topics) >= 5
    for topic in topics:
        inside = moved(AT_THE_DOOR, Choose("ask-words"), Choose(topic.id))
        assert ids(inside) == list(topic.services)
        assert len(topic.services) <= 4
    assert {service for topic in topics for service in topic.services} == set(shipped())
