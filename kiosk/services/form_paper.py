"""A paper of a service, as `[[print]]` lays it out, filled with somebody's answers. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from kiosk.flow import fields, signature
from kiosk.flow.document import Block, Code, Document, Drawn, Form, Listing, Paragraph
from kiosk.flow.entitlement import needed_materials
from kiosk.flow.fields.dates import date_text
from kiosk.flow.pages.guide import on_paper
from kiosk.flow.path import Path
from kiosk.flow.signature import Strokes
from kiosk.flow.sitting import World
from kiosk.services.map import label_of
from kiosk.services.model import Print, Service
from kiosk.services.question import FieldKind
from kiosk.text import EMPTY, Catalogue, Text, same

COLUMNS = {"a4": 64, "roll58": 32, "roll80": 48}
"""Cells of a line of text on each paper."""

SIGNED = "signature"
"""Where a signature that belongs to the whole paper, not to a question, stands in `Filled.drawn`."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What goes onto a paper. Whatever is not there stays open, to be written by hand."""

    day: Text
    shown: Mapping[str, Text] = field(default_factory=dict, repr=False)
    """By the name of a question or a fact."""
    drawn: Mapping[str, Strokes] = field(default_factory=dict, repr=False)
    materials: tuple[Text, ...] = ()
    consents: tuple[Text, ...] = ()
    counter: Mapping[str, Text] = field(default_factory=dict, repr=False)
    """What only the counter knows: `number`, `ticket`, `due`, `missing`."""
    number: str = ""
    """For the code."""


def form_paper(service: Service, paper: Print, path: Path, world: World, texts: Catalogue) -> Document:
    """The paper with the answers of that path; `texts` is the catalogue `author`.

    What only the counter knows (number, ticket, what is missing) stays open, to be written by hand.
    """
    return laid_out(service, paper, _from_path(service, paper, path, world), texts)


def laid_out(service: Service, paper: Print, filled: Filled, texts: Catalogue) -> Document:
    """The paper with what is to stand on it; fields of one row stand side by side where there is room."""
    places = _Places(service, filled, texts)
    blocks: list[Block] = []
    for row in paper.rows:
        for block in _side_by_side(made for name in row for made in places.blocks(name)):
            before = blocks[-1] if blocks else None
            if isinstance(block, Form) and isinstance(before, Form):
                blocks[-1] = Form(before.rows + block.rows)
            else:
                blocks.append(block)
    return Document((paper.title or service.title).text(), tuple(blocks))


def _side_by_side(blocks: Iterator[Block]) -> Iterator[Block]:
    """The fields of a row as one row; what is no field stands by itself."""
    cells: tuple[tuple[Text, Text], ...] = ()
    for block in blocks:
        if isinstance(block, Form):
            cells += block.fields
            continue
        if cells:
            yield Form((cells,))
            cells = ()
        yield block
    if cells:
        yield Form((cells,))


def _from_path(service: Service, paper: Print, path: Path, world: World) -> Filled:
    """What somebody has answered so far."""
    names = {name for row in paper.rows for name in row}
    facts = {name: path.values.get(name) for name in names - service.questions.keys()}
    shown = {name: same(str(value)) for name, value in facts.items() if value is not None}
    drawn: dict[str, Strokes] = {}
    for name in names & path.answers.keys():
        question, answer = service.find_question(name), path.answers[name]
        shown[name] = fields.show(question, answer.value)
        strokes = signature.read(answer.value) if question.type is FieldKind.SIGNATURE else None
        if strokes:
            drawn[name] = strokes
    needed = needed_materials(service, path)
    return Filled(
        day=date_text(world.today),
        shown=shown,
        drawn=drawn,
        materials=tuple(on_paper(one, world) for one in service.material if one.id in needed),
        consents=tuple(
            one.text(for_self=path.for_self) for one in service.consent if path.consents.get(one.id)
        ),
    )


class _Places:
    """What stands at each place of a paper."""

    def __init__(self, service: Service, filled: Filled, texts: Catalogue) -> None:
        self._service, self._filled, self._texts = service, filled, texts

    def blocks(self, name: str) -> Iterator[Block]:
        """A line with its label, or a block of its own."""
        made = _OWN.get(name)
        if made is not None:
            yield from made(self)
            return
        if name in self._service.questions:
            label = self._service.find_question(name).label.text()
        else:
            label = label_of(name, self._service, self._texts)
        yield self._field(name, label, self._filled.shown.get(name, EMPTY))

    def title(self) -> Iterator[Block]:
        """The name of the service."""
        yield Paragraph(self._service.title.text())

    def materials(self) -> Iterator[Block]:
        """The papers this person needs, to be ticked."""
        if self._filled.materials:
            yield Listing(self._texts["paper.materials"], self._filled.materials)

    def consents(self) -> Iterator[Block]:
        """What they agreed to."""
        if self._filled.consents:
            yield Listing(self._texts["paper.consents"], self._filled.consents, ticked=True)

    def date(self) -> Iterator[Block]:
        """The day it is printed."""
        yield _line(self._texts["paper.date"], self._filled.day)

    def phone(self) -> Iterator[Block]:
        """Whom to ask."""
        yield _line(self._texts["paper.phone"], same(self._service.handling.phone))

    def signed(self) -> Iterator[Block]:
        """As it was drawn, or room to sign."""
        yield self._field(SIGNED, self._texts["paper.signature"], EMPTY)

    def code(self) -> Iterator[Block]:
        """The number for a phone, or room for it."""
        label, number = self._texts["paper.qr"], self._filled.number
        yield Code(label, number) if number else _line(label, EMPTY)

    def known_to_counter(self, key: str) -> Iterator[Block]:
        """A label, and what the counter knows or room to write."""
        yield _line(self._texts[f"paper.{key}"], self._filled.counter.get(key, EMPTY))

    def _field(self, name: str, label: Text, shown: Text) -> Block:
        strokes = self._filled.drawn.get(name)
        return Drawn(label, shown, strokes) if strokes else _line(label, shown)


def _line(label: Text, value: Text) -> Form:
    return Form((((label, value),),))


_OWN: dict[str, Callable[[_Places], Iterator[Block]]] = {
    "@title": _Places.title,
    "@materials": _Places.materials,
    "@consents": _Places.consents,
    "@date": _Places.date,
    "@phone": _Places.phone,
    "@receipt_number": lambda places: places.known_to_counter("number"),
    "@ticket": lambda places: places.known_to_counter("ticket"),
    "@due": lambda places: places.known_to_counter("due"),
    "@missing": lambda places: places.known_to_counter("missing"),
    "@signature_or_fingerprint": _Places.signed,
    "@qr": _Places.code,
}
"""What the program itself puts on a paper."""
