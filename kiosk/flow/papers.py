"""The papers people take home: the guide of a service, the slip of what was handed in. Pure."""

from __future__ import annotations

from kiosk.flow.document import Big, Block, Document, Listing, Paragraph, Rows
from kiosk.flow.entitlement import needed_materials
from kiosk.flow.fields.dates import date_text
from kiosk.flow.held_papers import held_paper
from kiosk.flow.moves import Receipt
from kiosk.flow.own_data import is_about
from kiosk.flow.pages.guide import can_do_here, guide_lines, on_paper
from kiosk.flow.shelf import open_guide
from kiosk.flow.sitting import Sitting, World
from kiosk.services.model import Material, Service
from kiosk.text import Text, same


def paper_of(sitting: Sitting, world: World) -> Document | None:
    """What "print" means on this page; None where there is nothing to print."""
    place = sitting.place.removeprefix("printing:")
    service, _ = open_guide(place, world)
    if place.startswith("look:") and service:
        return guide_paper(world.services[service], world)
    if is_about(place):
        return held_paper(sitting, world)
    if place == "receipt" and sitting.receipt is not None:
        return slip(sitting.receipt, sitting, world)
    return None


def guide_paper(service: Service, world: World) -> Document:
    """The guide, with what to bring as a list to tick off at home."""
    always = [material for material in service.material if material.need_if is None]
    for_some = [material for material in service.material if material.need_if is not None]
    blocks: list[Block] = [Paragraph(line) for line in can_do_here(service, world)]
    blocks += _to_bring("paper.bring", always, world)
    blocks += _to_bring("paper.bring_some", for_some, world)
    blocks += [Paragraph(line) for line in guide_lines(service, world)]
    return Document(service.title.text(), tuple(blocks), _foot(world))


def slip(handed_in: Receipt, sitting: Sitting, world: World) -> Document:
    """Number, what happens next, by when, whom to ask, what to bring (K36). Nothing on it names a person."""
    texts, service = world.texts, world.services.get(sitting.service)
    needed = needed_materials(service, sitting.path(world)) if service else ()
    papers = [material for material in service.material if material.id in needed] if service else []
    rows = [
        (texts["paper.number"], same(handed_in.number)),
        (texts["paper.due"], date_text(handed_in.due)),
        (texts["paper.phone"], same(world.phone)),
    ]
    if handed_in.head:
        rows.append((texts["paper.head"], same(handed_in.head)))
    title = service.title.text() if service else texts["paper.slip"]
    return Document(
        title,
        (
            Big(same(handed_in.ticket)),
            Rows(tuple(rows)),
            Paragraph(texts["receipt.next"]),
            *_to_bring("paper.bring", papers, world),
        ),
        _foot(world),
    )


def _to_bring(heading: str, materials: list[Material], world: World) -> list[Block]:
    items = tuple(on_paper(material, world) for material in materials)
    return [Listing(world.texts[heading], items)] if items else []


def _foot(world: World) -> Text:
    return world.texts.text("paper.foot", centre=world.centre, date=date_text(world.today))
