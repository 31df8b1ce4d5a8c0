"""What answers call for and entitle to: papers to bring, money to get."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from kiosk.flow.entitlement import needed_materials, yuan_once, yuan_per_month
from kiosk.flow.path import Answer, Given, Path, find_path
from kiosk.services.model import Service

TODAY = datetime.date(2026, 11, 2)
WORDS = {"zh": "一件事", "en": "One thing"}
DOCUMENT = [{"value": code, **WORDS} for code in ("here", "later")]


def service(amounts: list[dict[str, Any]] | None = None) -> Service:
    return Service.model_validate(
        {
            "format": 1,
            "id": "paid",
            "version": "1",
            "status": "draft",
            "title": WORDS,
            "owner": "民政",
            "valid": {"from": TODAY},
            "guide": {
                **dict.fromkeys(("who", "get", "fee"), WORDS),
                "visits": 0,
                "basis": [{"law": WORDS}],
                "amount": amounts or [],
            },
            "question": [
                {"id": "children", "type": "number", "ask": WORDS, "label": WORDS},
                {
                    "id": "book",
                    "type": "document",
                    "ask": WORDS,
                    "label": WORDS,
                    "material": "booklet",
                    "options": DOCUMENT,
                },
            ],
            "material": [
                {"id": "booklet", **WORDS},
                {"id": "card", **WORDS, "card": "subject"},
                {"id": "proof", **WORDS, "need_if": {"field": "children", "at_least": 1}},
            ],
            "consent": [{"id": "use", **WORDS}],
            "handling": {
                "desk": "民政",
                "form_order": ["children"],
                "legal_workdays": 9,
                "promised_workdays": 9,
                "phone": "000-12345",
            },
        }
    )


def walked(one: Service, children: str, book: str, *, card: bool = False) -> Path:
    answers = {"children": Answer(children), "book": Answer(book), "consent:use": Answer("yes")}
    return find_path(one, Given(answers, first_card={"name": "张桂芳"} if card else None), TODAY)


@pytest.mark.parametrize(
    ("children", "book", "card", "papers"),
    [
        ("0", "later", False, ("booklet", "card")),
        ("0", "here", False, ("card",)),
        ("0", "here", True, ()),
        ("2", "later", True, ("booklet", "proof")),
    ],
)
def test_what_is_here_already_need_not_be_brought(
    children: str, book: str, card: bool, papers: tuple[str, ...]
) -> None:
    one = service()
    assert needed_materials(one, walked(one, children, book, card=card)) == papers


def test_a_document_not_asked_about_yet_is_still_to_be_brought() -> None:
    one = service()
    assert needed_materials(one, find_path(one, Given(), TODAY)) == ("booklet", "card")


BIG = {"field": "children", "at_least": 3}
ANY = {"field": "children", "at_least": 1}
AMOUNTS = [
    {"when": ANY, "yuan_per_month": 90, "valid": {"from": "2020-01-01", "to": "2026-11-01"}},
    {"when": BIG, "yuan_per_month": 200, "valid": {"from": "2026-11-02"}},
    {"when": ANY, "yuan_per_month": 100, "valid": {"from": "2026-11-02", "to": "2027-12-31"}},
    {"when": BIG, "yuan_once": 1000},
]


@pytest.mark.parametrize(
    ("children", "today", "monthly", "once"),
    [
        (0, "2026-11-02", None, None),
        (1, "2026-11-01", 90, None),
        (1, "2026-11-02", 100, None),
        (3, "2026-11-01", 90, 1000),
        (3, "2026-11-02", 200, 1000),
        (1, "2028-01-01", None, None),
        (3, "2028-01-01", 200, 1000),
        (1, "2019-12-31", None, None),
    ],
)
def test_the_sum_in_force_that_fits_first_counts(
    children: int, today: str, monthly: int | None, once: int | None
) -> None:
    one, day = service(AMOUNTS), datetime.date.fromisoformat(today)
    assert yuan_per_month(one, {"children": children}, day) == monthly
    assert yuan_once(one, {"children": children}, day) == once


def test_of_a_person_about_whom_nothing_is_known_no_sum_is_told() -> None:
    assert yuan_per_month(service(AMOUNTS), {}, TODAY) is None
    assert yuan_once(service(AMOUNTS), {}, TODAY) is None
