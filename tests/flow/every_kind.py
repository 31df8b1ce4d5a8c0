"""Somebody in the middle of the service that has every kind of answer."""

from __future__ import annotations

import json
from dataclasses import replace

from kiosk.flow.moves import Move
from kiosk.flow.page import Choice, Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.path import Answer, Given
from kiosk.flow.sitting import Errand, Sitting
from kiosk.flow.source import CardFields
from kiosk.flow.turn import turn
from tests.flow.residents import EVERY_KIND, GUIFANG, TRIAL

SERVICE = TRIAL.services[EVERY_KIND]

SOUND = {
    "who": "self",
    "birth_date": "1944-03-05",
    "name": "张桂芳",
    "id_number": GUIFANG["id_number"],
    "home": json.dumps(
        ["990101001001", "示例省 样本市 和平区 梧桐街道 幸福路社区", "1号楼"], ensure_ascii=False
    ),
    "hometown": "",
    "phone": "13900000000",
    "need": "meals,money",
    "extras": "",
    "days": "3",
    "income": "2500.00",
    "goods": json.dumps(
        [{"thing": "大米", "price": "60.00", "size": "large", "shops": ""}], ensure_ascii=False
    ),
    "contacts": json.dumps([{"who": "李梅", "phone": "13900000001", "since": ""}], ensure_ascii=False),
    "account": "yes",
    "bank_card": "6200000000000005",
    "nickname": "张阿姨",
    "story": "",
    "booklet": "here",
    "insurance": "staff",
}
"""A sound answer to every question that is asked on the way to the check page."""


def given(*without: str, **other: str) -> Given:
    """All consents and answers but these; `other` instead of the sound ones."""
    answers = {key: Answer(value) for key, value in {**SOUND, **other}.items() if key not in without}
    agreed = {f"consent:{consent.id}": Answer("yes") for consent in SERVICE.consent}
    return Given({**answers, **agreed})


def on(place: str, *without: str, card: CardFields | None = None, **other: str) -> Sitting:
    """On that page, with all other questions answered."""
    held = replace(given(*without, **other), first_card=card)
    return Sitting(place=place, service=EVERY_KIND, given=held, card=card, keep=True, draft_id="draft")


def asked(question: str, card: CardFields | None = None, **other: str) -> Sitting:
    """On the page of a question that has no answer yet; all others have."""
    return on(f"question:{question}", question, card=card, **other)


def done(sitting: Sitting, *moves: Move) -> Sitting:
    """After these moves."""
    for move in moves:
        sitting = turn(sitting, move, TRIAL).sitting
    return sitting


def errands(sitting: Sitting, move: Move) -> tuple[Errand, ...]:
    """What a move has done outside the core."""
    return turn(sitting, move, TRIAL).errands


def page(sitting: Sitting) -> Page:
    """What the person sees."""
    return page_of(sitting, TRIAL)


def choices(sitting: Sitting) -> dict[str, Choice]:
    """What can be chosen there, by id."""
    return {choice.id: choice for choice in page(sitting).choices}


def words(shown: Page, language: str = "zh") -> str:
    """All that is written on a page."""
    lines = [shown.heading, *shown.body, *([shown.error] if shown.error else [])]
    lines += [text for choice in shown.choices for text in (choice.label, choice.detail)]
    return " ".join(text.show(language) for text in lines)


def value(sitting: Sitting, key: str) -> str | None:
    """The canonical answer that was given."""
    answer = sitting.given.answers.get(key)
    return answer.value if answer else None
