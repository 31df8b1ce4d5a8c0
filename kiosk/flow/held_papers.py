"""What is held of a person on paper: the list of it, and what they filled in, with numbers in part. Pure."""

from __future__ import annotations

from kiosk.flow.document import Block, Document, Paragraph, Rows
from kiosk.flow.fields.dates import date_text
from kiosk.flow.held import HeldCase
from kiosk.flow.own_data import held_case
from kiosk.flow.pages.own_data import kept_until, look_line
from kiosk.flow.sitting import Sitting, World
from kiosk.text import EMPTY, Text, same


def held_paper(sitting: Sitting, world: World) -> Document | None:
    """The paper of that page: of the overview, or of an opened matter; None where there is none to print."""
    own, texts = sitting.own_data, world.texts
    place = sitting.place.removeprefix("printing:")
    if own is None:
        return None
    phone = Rows(((texts["paper.phone"], same(world.phone)),))
    foot = texts.text("paper.foot", centre=world.centre, date=date_text(world.today))
    if place == "held":
        blocks = [block for case in own.held.cases for block in _matter(case, world)]
        said = _beside(sitting, world)
        return Document(texts["held_paper.title"], (*blocks, *said, phone), foot)
    case = held_case(sitting)
    if case is None or own.content is None:
        return None
    rows = tuple((line.label, line.value) for line in own.content)
    body = (Paragraph(case.title), Rows(rows), Paragraph(texts["held_paper.foot"]), phone)
    return Document(texts["held_paper.content_title"], body, foot)


def _matter(case: HeldCase, world: World) -> list[Block]:
    texts = world.texts
    rows = (
        (texts["paper.number"], same(case.number)),
        (texts["held_paper.handed_in"], date_text(case.received)),
        (texts["held_paper.stage"], case.stage),
        (texts["held_paper.until"], kept_until(case, texts)),
    )
    looks = tuple(look_line(look, texts) for look in reversed(case.looks))
    # Nothing to tick, and nothing that was settled: lines and no boxes.
    seen = (texts["held_paper.looks"], *looks) if looks else (texts["held_looks.none"],)
    return [Paragraph(case.title), Rows(rows), *(Paragraph(line) for line in seen)]


def _beside(sitting: Sitting, world: World) -> list[Block]:
    texts, own = world.texts, sitting.own_data
    told: list[Text] = []
    if own is not None and not own.held.cases:
        told.append(texts["held.none"])
    if sitting.remembering.kept is not None:
        told.append(texts["held.settings"])
    if own is not None and own.held.drafts:
        told.append(texts["held.draft"])
    return [Paragraph(line) for line in told if line is not EMPTY]
