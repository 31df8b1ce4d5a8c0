"""A paper of a service, as `[[print]]` lays it out, filled with somebody's answers. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kiosk.flow import fields
from kiosk.flow.document import Block, Document, Listing, Paragraph, Rows
from kiosk.flow.entitlement import needed_materials
from kiosk.flow.fields.dates import date_text
from kiosk.flow.pages.guide import on_paper
from kiosk.flow.path import Path
from kiosk.flow.sitting import World
from kiosk.services.map import label_of
from kiosk.services.model import Print, Service
from kiosk.text import EMPTY, Catalogue, Text, same

COLUMNS = {"a4": 64, "roll58": 32, "roll80": 48}
"""Cells of a line of text on each paper."""


def form_paper(service: Service, paper: Print, path: Path, world: World, texts: Catalogue) -> Document:
    """The paper with the answers of that path; `texts` is the catalogue `author`.

    What only the counter knows (number, ticket, what is missing) stays open, to be written by hand.
    """
    filler = _Filler(service, path, world, texts)
    blocks: list[Block] = []
    for block in (made for row in paper.rows for name in row for made in filler.blocks(name)):
        before = blocks[-1] if blocks else None
        if isinstance(block, Rows) and isinstance(before, Rows):
            blocks[-1] = Rows(before.rows + block.rows)
        else:
            blocks.append(block)
    return Document((paper.title or service.title).text(), tuple(blocks))


class _Filler:
    """What stands at each place of a paper."""

    def __init__(self, service: Service, path: Path, world: World, texts: Catalogue) -> None:
        self._service, self._path, self._world, self._texts = service, path, world, texts

    def blocks(self, name: str) -> Iterator[Block]:
        """A line with its label, or a block of its own."""
        made = _OWN.get(name)
        if made is not None:
            yield from made(self)
        elif name in self._service.questions:
            question = self._service.find_question(name)
            answer = self._path.answers.get(name)
            yield _line(question.label.text(), fields.show(question, answer.value) if answer else EMPTY)
        else:
            value = self._path.values.get(name)
            label = label_of(name, self._service, self._texts)
            yield _line(label, EMPTY if value is None else same(str(value)))

    def title(self) -> Iterator[Block]:
        """The name of the service."""
        yield Paragraph(self._service.title.text())

    def materials(self) -> Iterator[Block]:
        """The papers this person needs, to be ticked."""
        needed = needed_materials(self._service, self._path)
        papers = (one for one in self._service.material if one.id in needed)
        items = tuple(on_paper(paper, self._world) for paper in papers)
        if items:
            yield Listing(self._texts["paper.materials"], items)

    def consents(self) -> Iterator[Block]:
        """What they agreed to."""
        agreed = (one for one in self._service.consent if self._path.consents.get(one.id))
        items = tuple(consent.text() for consent in agreed)
        if items:
            yield Listing(self._texts["paper.consents"], items)

    def date(self) -> Iterator[Block]:
        """The day it is printed."""
        yield _line(self._texts["paper.date"], date_text(self._world.today))

    def phone(self) -> Iterator[Block]:
        """Whom to ask."""
        yield _line(self._texts["paper.phone"], same(self._service.handling.phone))

    def left_open(self, key: str) -> Iterator[Block]:
        """A label, and room to write."""
        yield _line(self._texts[f"paper.{key}"], EMPTY)


def _line(label: Text, value: Text) -> Rows:
    return Rows(((label, value),))


_OWN: dict[str, Callable[[_Filler], Iterator[Block]]] = {
    "@title": _Filler.title,
    "@materials": _Filler.materials,
    "@consents": _Filler.consents,
    "@date": _Filler.date,
    "@phone": _Filler.phone,
    "@receipt_number": lambda filler: filler.left_open("number"),
    "@ticket": lambda filler: filler.left_open("ticket"),
    "@due": lambda filler: filler.left_open("due"),
    "@missing": lambda filler: filler.left_open("missing"),
    "@signature_or_fingerprint": lambda filler: filler.left_open("signature"),
    "@qr": lambda filler: filler.left_open("qr"),
}
"""What the program itself puts on a paper."""
