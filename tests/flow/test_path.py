"""The path: every way through every shipped service, and what people find on it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kiosk.flow.confirmed import digest_of
from kiosk.flow.entitlement import needed_materials
from kiosk.flow.moves import Back, CardLaid, Choose, Enter
from kiosk.flow.path import Answer, Path, StepKind, find_path
from kiosk.flow.sitting import Sitting
from kiosk.flow.source import Source
from kiosk.paths import data_file
from kiosk.services.condition import Condition
from kiosk.services.model import Service
from kiosk.services.question import CARD_FIELDS
from kiosk.services.stories import differences
from kiosk.services.story import Story
from kiosk.store.calendars import load_calendar
from tests.flow import every_kind
from tests.flow.residents import (
    ALLOWANCE,
    AT_EIGHTY,
    DEHOU,
    EVERY_KIND,
    GUIFANG,
    LI_MEI,
    SERVICES,
    TRIAL,
    WORLD,
    Journey,
    begun,
    every_journey,
    led,
    moved,
    world_of,
)

STORIES = [(service, story) for service in SERVICES.values() for story in service.story]
TRIED = {**SERVICES, EVERY_KIND: TRIAL.services[EVERY_KIND]}


@pytest.fixture(params=list(TRIED))
def service(request: pytest.FixtureRequest) -> Service:
    return TRIED[request.param]


@pytest.fixture
def journeys(service: Service) -> tuple[Journey, ...]:
    return every_journey(service.id)


def path_of(sitting: Sitting) -> Path:
    return sitting.path(world_of(sitting.service))


@pytest.mark.parametrize(
    ("service", "story"), STORIES, ids=[f"{one.id}: {story.name}" for one, story in STORIES]
)
def test_the_stories_of_the_file_come_out(service: Service, story: Story) -> None:
    assert list(differences(service, story)) == []
    if story.expect.due is not None:
        promised = service.handling.promised_workdays
        calendar = load_calendar(data_file("calendars"))
        assert calendar.add_workdays(story.today, promised) == story.expect.due


def test_every_way_ends_in_a_submission_a_stop_or_a_refusal(journeys: tuple[Journey, ...]) -> None:
    ends = {journey.end.place.partition(":")[0] for journey in journeys}
    assert {StepKind.SUBMIT} <= ends <= {StepKind.SUBMIT, StepKind.STOP, StepKind.REFUSED}


def test_the_same_answers_make_the_same_path(journeys: tuple[Journey, ...]) -> None:
    for journey in journeys[::7]:
        end, world = journey.end, world_of(journey.end.service)
        assert end.path(world) == end.path(world)
        backwards = replace(end.given, answers=dict(reversed(list(end.given.answers.items()))))
        assert find_path(world.services[end.service], backwards, world.today) == end.path(world)


def test_what_a_card_says_is_never_asked(service: Service, journeys: tuple[Journey, ...]) -> None:
    """K02: an answer already known is never asked again."""
    for journey in journeys:
        path = path_of(journey.end)
        for step in path.steps:
            question = service.questions.get(step.id) if step.kind is StepKind.QUESTION else None
            if question is not None and question.from_card is not None:
                assert CARD_FIELDS[question.type] not in path.cards.get(question.from_card, {})


def test_nothing_is_asked_twice(journeys: tuple[Journey, ...]) -> None:
    for journey in journeys:
        steps = path_of(journey.end).steps
        assert len(set(steps)) == len(steps)


def test_no_number_is_recorded_without_its_own_consent(
    service: Service, journeys: tuple[Journey, ...]
) -> None:
    """K35: each consent comes before what it covers, and all are given in the end."""
    for journey in journeys:
        order = [step.place for step in path_of(journey.end).steps]
        for consent in service.consent:
            for field in consent.covers:
                if f"question:{field}" in order:
                    assert order.index(f"consent:{consent.id}") < order.index(f"question:{field}")
        if journey.end.place == "submit":
            assert all(path_of(journey.end).consents.values())


def questions_on(sitting: Sitting) -> int:
    return sum(step.kind is StepKind.QUESTION for step in path_of(sitting).steps)


def test_the_number_of_steps_it_promises_comes_true(journeys: tuple[Journey, ...]) -> None:
    """K38: a total is told only where it is decided; then it holds to the end, unless the way ends early."""
    told = 0
    for journey in journeys:
        if journey.end.place != "submit":
            continue
        for sitting in journey.pages:
            ahead = path_of(sitting).questions_ahead if sitting.place.startswith("question:") else None
            if ahead is not None:
                told += 1
                assert questions_on(sitting) + ahead == questions_on(journey.end)
    assert told > 0


DONE = led(begun(None), {**AT_EIGHTY, "question:account": Choose("bank")})


def test_a_branch_left_is_not_submitted_and_comes_back_on_return() -> None:
    assert DONE.place == "submit"
    assert "bank_card" in DONE.path(WORLD).answers
    change = (Choose("look"), Choose("change:account"))
    left = moved(DONE, *change, Choose("sscard"))
    assert left.place == "check"
    assert "bank_card" not in left.path(WORLD).answers
    assert "account-data" not in left.path(WORLD).consents
    back = moved(left, Choose("change:account"), Choose("bank"))
    assert back.place == "check"
    assert back.path(WORLD).answers["bank_card"].value == "6200000000000005"


def test_a_change_that_opens_questions_asks_them_and_returns_to_the_check_page() -> None:
    alone = led(begun(None), {**AT_EIGHTY, "question:account": Choose("sscard")}, until="check")
    now_bank = moved(alone, Choose("change:account"), Choose("bank"))
    assert now_bank.place == "consent:account-data"
    assert moved(now_bank, Choose("yes")).place == "question:bank_card"
    assert moved(now_bank, Choose("yes"), Enter("6200 0000 0000 0005")).place == "check"


def test_after_a_change_it_is_checked_and_signed_again() -> None:
    changed = moved(DONE, Choose("look"), Choose("change:hukou"), Choose("unsure"))
    assert changed.path(WORLD).last.place == "check"
    assert moved(changed, Choose("go"), Choose("yes")).place == "sign"


def test_an_answer_that_no_longer_fits_is_asked_again_and_an_empty_field_does_not_hide_it() -> None:
    moved_birth = moved(DONE, Choose("look"), Choose("change:birth_date"), Enter("1940 1 1"))
    assert moved_birth.place == "question:id_number"
    told = moved(moved_birth, Enter(""))
    assert told.place == "question:id_number"
    assert told.refused is not None and told.refused.text is not None
    assert told.typed == ""


def test_a_daughter_with_both_cards_types_no_name_and_no_number() -> None:
    start = moved(begun(LI_MEI), Choose("yes"), Choose("family"), Choose("actor"), CardLaid(DEHOU))
    path = led(start, {}).path(WORLD)
    assert path.end == "submit"
    assert {field for field, answer in path.answers.items() if answer.source is Source.CARD} == {
        "birth_date", "name", "id_number", "agent_name",
    }  # fmt: skip
    assert path.answers["name"].value == DEHOU["name"]
    assert path.answers["agent_name"].value == LI_MEI["name"]


def test_the_same_card_is_not_taken_for_the_other_person() -> None:
    waiting = moved(begun(LI_MEI), Choose("yes"), Choose("family"), Choose("actor"))
    again = moved(waiting, CardLaid(LI_MEI))
    assert again.place == "card-other:subject"
    assert again.card_trouble == "card.same_card"


def test_two_cards_with_unreadable_numbers_are_two_cards() -> None:
    waiting = moved(begun({"name": "李梅"}), Choose("yes"), Choose("family"), Choose("actor"))
    assert moved(waiting, CardLaid({"name": "李德厚"})).given.other_card == {"name": "李德厚"}
    assert moved(waiting, CardLaid({"name": "李梅"})).card_trouble == "card.same_card"


def test_choosing_to_type_puts_the_other_card_away() -> None:
    both = moved(begun(LI_MEI), Choose("yes"), Choose("family"), Choose("actor"), CardLaid(DEHOU))
    typing = moved(both, Back(), Choose("without"))
    assert typing.given.other_card is None
    assert typing.place == "question:birth_date"


def test_a_card_laid_late_leads_to_the_page_that_is_open_then() -> None:
    at_birth = moved(begun(None), Choose("yes"), Choose("later"), Choose("self"))
    assert at_birth.place == "question:birth_date"
    known = moved(at_birth, CardLaid(GUIFANG))
    assert known.place == "question:hukou"
    assert moved(known, Choose("local")).given.answers["hukou"].value == "local"


def test_a_card_laid_over_the_receipt_changes_nothing_that_was_handed_in() -> None:
    from kiosk.flow.moves import Receipt, Submitted

    receipt = Receipt("case", "2026-1102-00000001", "A1", WORLD.today)
    handed_in = moved(led(begun(None), {**AT_EIGHTY, "question:who": Choose("family")}), Submitted(receipt))
    assert handed_in.place == "receipt"
    laid = moved(handed_in, CardLaid(LI_MEI))
    assert laid.path(WORLD) == handed_in.path(WORLD)


def test_an_answer_fits_by_the_date_of_today() -> None:
    """Who is 79 today is told so; a day later the same answers go on."""
    young = moved(begun(None), Choose("yes"), Choose("later"), Choose("self"), Enter("1946 11 3"))
    assert young.place == "stop:too-young"
    tomorrow = replace(WORLD, today=WORLD.today.replace(day=3))
    assert young.path(tomorrow).last.place == "question:hukou"


def test_a_crossed_out_change_goes_nowhere() -> None:
    known = led(begun(GUIFANG), {}, until="check")
    assert moved(known, Choose("change:nothing")) == known


def test_a_question_that_hangs_on_a_skipped_answer_is_not_asked() -> None:
    """Not known yet is not yes: who gave no phone is not asked about the phone."""
    about_phone = Condition.model_validate({"field": "phone", "is_not": "13800138000"})
    questions = [
        question.model_copy(update={"ask_if": about_phone}) if question.id == "account" else question
        for question in ALLOWANCE.question
    ]
    service = ALLOWANCE.model_copy(update={"question": tuple(questions)})
    world = replace(WORLD, services={service.id: service})
    skipped = led(begun(None), {**AT_EIGHTY, "question:phone": Choose("skip")}, world=world)
    assert skipped.place == "submit"
    assert "account" not in skipped.path(world).answers
    given = led(begun(None), {**AT_EIGHTY, "question:phone": Enter("13900000000")}, world=world)
    assert "account" in given.path(world).answers


def every_kind_with(**answers: str) -> Path:
    return find_path(TRIED[EVERY_KIND], every_kind.given(**answers), WORLD.today)


def test_numbers_and_money_are_compared_as_such_and_the_rest_as_it_is_kept() -> None:
    values = every_kind_with(days="3", income="2500.00", need="meals,money").values
    assert values["days"] == 3
    assert values["income"] == Decimal("2500.00")
    assert values["need"] == "meals,money"
    assert "story" not in values


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("who", "somebody"),
        ("need", "meals,wings"),
        ("days", "a few"),
        ("income", "2500"),
        ("birth_date", "5.3.1944"),
        ("goods", "[3]"),
        ("insurance", "perhaps"),
        ("name", ""),
    ],
)
def test_an_answer_of_another_shape_is_asked_again_and_brings_nothing_down(question: str, value: str) -> None:
    """A draft may be older than the question as it is now."""
    assert every_kind_with(**{question: value}).last.place == f"question:{question}"


def test_a_consent_asked_after_the_check_is_not_part_of_what_was_checked() -> None:
    service, answers = TRIED[EVERY_KIND], {"name": Answer("张桂芳")}
    before = digest_of(service, answers, {"use": True}, {})
    assert digest_of(service, answers, {"use": True, "hand-over": True}, {}) == before
    assert digest_of(service, answers, {"use": True, "id-data": True}, {}) != before
    assert digest_of(service, {"name": Answer("张桂兰")}, {"use": True}, {}) != before


def test_a_document_that_is_here_need_not_be_brought() -> None:
    service = TRIED[EVERY_KIND]
    paper = service.find_question("booklet").material
    assert paper in needed_materials(service, every_kind_with(booklet="later"))
    assert paper not in needed_materials(service, every_kind_with(booklet="here"))


def test_a_copy_of_a_service_with_other_parts_goes_by_those() -> None:
    assert ALLOWANCE.stations
    shorter = ALLOWANCE.model_copy(update={"question": ALLOWANCE.question[:2], "stop": ()})
    assert [station.question.id for station in shorter.stations] == ["who", "birth_date"]
    assert list(shorter.questions) == ["who", "birth_date"]
    assert shorter.stations[1].stops == ()


def test_a_consent_is_asked_where_it_cannot_be_known_that_it_is_not_needed() -> None:
    """K35: a question that was skipped hides no consent."""
    consent = ALLOWANCE.consent[1].model_copy(
        update={"before": "hukou", "need_if": Condition.model_validate({"field": "phone", "is": "1"})}
    )
    asking = ALLOWANCE.model_copy(update={"consent": (ALLOWANCE.consent[0], consent)})
    given = begun().given
    answers = {
        "consent:use": Answer("yes"),
        "proof:card": Answer("later"),
        "who": Answer("self"),
        "birth_date": Answer("1944-03-05"),
    }
    path = find_path(asking, replace(given, answers=answers), WORLD.today)
    assert path.last.place == f"consent:{consent.id}"
