"""What is held of Zhang Guifang: a matter that goes on, one that is over, one she withdrew, one of before."""

from __future__ import annotations

import datetime
from dataclasses import replace

from kiosk.flow.held import Held, HeldCase, HeldLine, HeldLook
from kiosk.text import Privacy, Text, same
from tests.flow.residents import ALLOWANCE, WORLD

TITLE = WORLD.texts.text("query_case.line", title=ALLOWANCE.title.text(), ticket="A007")
FIELDS = tuple((one.id, one.label.text()) for one in ALLOWANCE.question)[:6]


def _look(minute: int) -> HeldLook:
    at = Text({"zh": f"2026年11月3日 09:{minute:02}", "en": f"3 November 2026, 09:{minute:02}"})
    return HeldLook(at, WORLD.texts["held_looks.staff"], Text({"zh": "身份证号", "en": "ID number"}))


OPEN = HeldCase(
    "c",
    "2026-1102-48203915",
    TITLE,
    datetime.date(2026, 11, 2),
    WORLD.texts["stage.claimed"],
    None,
    180,
    "open",
    FIELDS,
    waiting=True,
)
OVER = replace(
    OPEN,
    case_id="c2",
    title=WORLD.texts.text("query_case.line", title=ALLOWANCE.title.text(), ticket="A008"),
    stage=WORLD.texts["stage.closed"],
    until=datetime.date(2027, 4, 30),
    erasable="later",
    waiting=False,
    replies=(WORLD.texts.text("held_done.correct_done", words=same("户口改成本区了")),),
    looks=tuple(map(_look, range(11))),
)
WITHDRAWN = replace(
    OVER,
    case_id="c3",
    title=WORLD.texts.text("query_case.line", title=ALLOWANCE.title.text(), ticket="A009"),
    stage=WORLD.texts["stage.withdrawn"],
    erasable="now",
    replies=(),
    looks=(),
)
OF_BEFORE = replace(
    OVER,
    case_id="c4",
    title=WORLD.texts.text("query_case.line", title=ALLOWANCE.title.text(), ticket="A003"),
    until=None,
    keep_days=None,
    erasable="unsaid",
    replies=(),
)
HELD = Held((OPEN, OVER, WITHDRAWN, OF_BEFORE), drafts=1)
CONTENT = (
    HeldLine(Text({"zh": "姓名", "en": "Name"}), same("张桂芳", Privacy.MASKED)),
    HeldLine(Text({"zh": "身份证号", "en": "ID number"}), same("990*************29", Privacy.PRIVATE)),
    HeldLine(
        Text({"zh": "户口所在地", "en": "Registered in"}), Text({"zh": "本区", "en": "This district"}), True
    ),
)
