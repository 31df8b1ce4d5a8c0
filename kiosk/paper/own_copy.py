"""The copy of what somebody handed in, for them alone: every answer, numbers in full (PIPL 45). Pure."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.cases.submission import AnswerRecord
from kiosk.cases.two_persons import EXPORTED
from kiosk.cases.views import CaseView
from kiosk.flow.document import Block, Listing, Paragraph, Rows
from kiosk.flow.fields.dates import date_text
from kiosk.paper.house import House
from kiosk.text import Privacy, Text, same

_LOOKS = frozenset({"viewed", EXPORTED})
"""As at the kiosk: an export is a look at all of it."""


def copy_blocks(view: CaseView, house: House) -> Iterator[Block]:
    """What they filled in as it is now, what they agreed to, and who has seen a number in full."""
    texts, case = house.texts, view.summary
    yield Paragraph(texts["copies.whose"])
    yield Rows(
        (
            (texts["rows.what"], Text(case.title)),
            (texts["rows.received"], date_text(house.day(case.received_at))),
            *((Text(answer.label), _in_full(answer)) for answer in view.answers),
        )
    )
    given = tuple(Text(one.text) for one in view.submission.consents if one.given)
    if given:
        yield Listing(texts["copies.agreed"], given, ticked=True)
    looks = tuple(
        texts.text("copies.look", date=date_text(house.day(event.at)), who=texts[f"copies.{event.role}"])
        for event in view.events
        if event.kind in _LOOKS
    )
    if looks:
        # Nothing to tick, and nothing that was settled: lines and no boxes.
        yield from (Paragraph(line) for line in (texts["copies.looks"], *looks))
    yield Paragraph(texts["copies.keep_safe"])


def _in_full(answer: AnswerRecord) -> Text:
    plain = answer.privacy is Privacy.PRIVATE and not answer.value.startswith("[")
    return same(answer.value) if plain else Text(answer.shown)
