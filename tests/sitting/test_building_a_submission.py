"""What is handed in: only what is on the path, in the order of the form, in the words that were shown."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from kiosk.cases.submission import Submission
from kiosk.flow.moves import CardLaid, Choose
from kiosk.flow.records import RecordLine, RecordNews, RecordState
from kiosk.flow.sitting import Sitting
from kiosk.flow.source import Source
from kiosk.sitting.submission import build_submission
from kiosk.store.body import from_json, to_json
from kiosk.text import Privacy, Text, same
from tests.flow.every_kind import on
from tests.flow.residents import (
    ALLOWANCE,
    AT_EIGHTY,
    DEHOU,
    LI_MEI,
    TRIAL,
    WORLD,
    begun,
    every_journey,
    led,
    moved,
)

NOW = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)


def handed_in(sitting: Sitting) -> Submission:
    return build_submission(sitting, WORLD, None, NOW)


def test_every_way_that_ends_well_gives_the_answers_of_its_path() -> None:
    order = list(ALLOWANCE.handling.form_order)
    for journey in every_journey("elderly-allowance"):
        if journey.end.place != "submit":
            continue
        submission, path = handed_in(journey.end), journey.end.path(WORLD)
        sent = {record.field: (record.value, record.source) for record in submission.answers}
        assert sent == {key: (a.value, a.source) for key, a in path.answers.items() if a.value}
        fields = [record.field for record in submission.answers]
        assert fields == sorted(fields, key=order.index)
        assert {consent.id for consent in submission.consents} == set(path.consents)
        assert all(record.shown.get("zh") for record in submission.answers)


def test_an_answer_of_a_branch_left_is_not_in_it() -> None:
    bank = led(begun(None), {**AT_EIGHTY, "question:account": Choose("bank")})
    left = led(moved(bank, Choose("look"), Choose("change:account"), Choose("sscard")), {})
    assert "bank_card" in {record.field for record in handed_in(bank).answers}
    assert "bank_card" not in {record.field for record in handed_in(left).answers}
    assert "account-data" not in {consent.id for consent in handed_in(left).consents}
    assert "6200000000000005" not in str([record.value for record in handed_in(left).answers])


def test_the_form_says_who_supplied_each_answer() -> None:
    """K40."""
    both = moved(begun(LI_MEI), Choose("yes"), Choose("family"), Choose("actor"), CardLaid(DEHOU))
    sources = {record.field: record.source for record in handed_in(led(both, {})).answers}
    assert sources["id_number"] is Source.CARD
    assert sources["relation"] is Source.RESIDENT


def test_a_drawn_mark_and_a_pressed_key_both_count() -> None:
    done = led(begun(None), AT_EIGHTY)
    pressed, drawn = handed_in(done).signature, handed_in(replace(done, strokes="[[1,2]]")).signature
    assert pressed is not None and drawn is not None
    assert (pressed.kind, pressed.strokes) == ("key", None)
    assert (drawn.kind, drawn.strokes) == ("mark", "[[1,2]]")
    assert ALLOWANCE.title.zh in pressed.statement["zh"]


def test_staff_are_reminded_where_something_was_not_sure() -> None:
    unsure = led(begun(None), {**AT_EIGHTY, "question:hukou": Choose("unsure")})
    assert len(handed_in(unsure).staff_notes) == 1
    assert handed_in(led(begun(None), AT_EIGHTY)).staff_notes == ()


def test_a_list_with_somebodys_number_in_it_is_as_private_as_the_number() -> None:
    """K26: the desk hides it until somebody asks to see it, and records the look."""
    sent = [
        handed_in(journey.end)
        for journey in every_journey("home-care-visit")
        if journey.end.place == "submit"
    ]
    lists = [one for submission in sent for one in submission.answers if one.field == "contacts"]
    told = [one for one in lists if one.value != "[]"]
    assert told and all(one.privacy is Privacy.PRIVATE for one in told)


def test_a_repr_of_it_tells_nothing() -> None:
    """K46."""
    done = led(begun(None), AT_EIGHTY)
    private = [a.value for a in done.given.answers.values() if len(a.value) > 7]
    assert not [value for value in private if value in repr(handed_in(done))]


SEEN = RecordNews(
    "insurance",
    RecordState.FOUND,
    "social-insurance",
    Text({"zh": "社会保险记录", "en": "Social insurance record"}),
    (RecordLine(Text({"zh": "缴费月数", "en": "Months paid"}), same("132")),),
    NOW,
    date(2026, 10, 31),
)


def with_record(said: str, news: RecordNews | None) -> Submission:
    sitting = replace(on("submit", insurance=said, aim="go", mark="key"), strokes="")
    records = {"insurance": news} if news else {}
    return build_submission(replace(sitting, given=replace(sitting.given, records=records)), TRIAL, None, NOW)


def test_what_the_person_called_right_or_wrong_is_sent_as_they_saw_it() -> None:
    """The right to correction needs the evidence of what was shown."""
    for said in ("right", "wrong"):
        (evidence,) = with_record(said, SEEN).evidence
        assert (evidence.field, evidence.source, evidence.state) == ("insurance", "social-insurance", "found")
        assert evidence.lines == (({"zh": "缴费月数", "en": "Months paid"}, {"zh": "132"}),)
        assert (evidence.at, evidence.as_of) == (NOW, date(2026, 10, 31))


def test_who_would_not_wait_has_not_seen_it() -> None:
    assert with_record("staff", SEEN).evidence == ()
    assert with_record("staff", None).evidence == ()


def test_a_record_off_the_path_is_not_sent() -> None:
    sitting = on("submit", "insurance")
    held = replace(sitting, given=replace(sitting.given, records={"insurance": SEEN}))
    assert build_submission(held, TRIAL, None, NOW).evidence == ()


def test_staff_get_the_check_in_the_words_the_person_read() -> None:
    sent = build_submission(on("submit", booklet="later"), TRIAL, None, NOW)
    paper = next(one for one in sent.precheck if "户口簿" in one.text["zh"])
    assert (paper.kind, paper.ok) == ("complete", False)
    assert {one.kind for one in sent.precheck} == {"complete", "consistent", "eligible"}
    assert all(one.text["en"] for one in sent.precheck)


def test_it_is_kept_and_read_back_as_it_was() -> None:
    for sent in (with_record("wrong", SEEN), build_submission(on("submit"), TRIAL, None, NOW)):
        assert from_json(to_json(sent)) == sent


def test_one_from_before_there_was_any_evidence_can_still_be_read() -> None:
    body = json.loads(to_json(with_record("wrong", SEEN)))
    del body["evidence"], body["precheck"]
    old = from_json(json.dumps(body))
    assert old.evidence == () and old.precheck == () and old.answers
