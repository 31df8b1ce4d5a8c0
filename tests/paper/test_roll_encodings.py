"""Receipt printers that take Chinese in their own ways: what cannot be sent as text is drawn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PIL import Image
from zxingcpp import read_barcodes

from kiosk.devices.escpos.emulated import EmulatedPrinter
from kiosk.flow.document import Big, Code, Document, Rows
from kiosk.paper.code import QUIET, modules, on_screen
from kiosk.paper.receipt import receipt_bytes, receipt_lines
from kiosk.text import same

NUMBER = "2026-1122-48203915"
PLAIN, DOT, YAN, JI = "张桂芳", "阿卜杜拉·买买提", "刘䶮", "吴𠮷"
DOTS = {32: 384, 48: 576}


def slip(name: str) -> Document:
    return Document(
        same("受理回执"), (Big(same("A017")), Rows(((same("姓名"), same(name)),)), Code(same("编号"), NUMBER))
    )


def printed(name: str, encoding: str, columns: int = 32) -> EmulatedPrinter:
    printer = EmulatedPrinter()
    printer.hear(receipt_bytes(receipt_lines(slip(name), columns, "zh"), encoding), 0)
    return printer


def drawn(order: bytes) -> Image.Image:
    """The picture, in the size it has on paper."""
    larger, across = order[3], int.from_bytes(order[4:6], "little")
    down = int.from_bytes(order[6:8], "little")
    picture = Image.frombytes("1", (across * 8, down), bytes(255 - byte for byte in order[8:]))
    return picture.resize((picture.width * (1 + larger % 2), down * (1 + larger // 2)))


def codes(picture: Image.Image) -> Iterator[str]:
    return (found.text for found in read_barcodes(picture.convert("L")))


@pytest.mark.parametrize(
    ("encoding", "name", "as_text"),
    [
        ("gb18030", PLAIN, True),
        ("gb18030", DOT, True),
        ("gb18030", YAN, False),
        ("gb18030", JI, False),
        ("gbk", PLAIN, True),
        ("gbk", DOT, True),
        ("gbk", YAN, False),
        ("gbk", JI, False),
        ("utf-8", PLAIN, True),
        ("utf-8", JI, False),
        ("image", PLAIN, False),
        ("image", JI, False),
    ],
)
def test_a_name_is_sent_as_text_or_drawn_and_never_a_question_mark(
    encoding: str, name: str, as_text: bool
) -> None:
    """flows.md, finding 7."""
    printer = printed(name, encoding)
    sent = name.encode("gb18030" if encoding == "image" else encoding, "ignore")
    assert (sent in bytes(printer.printed)) is as_text
    assert b"?" not in b"".join(_text_of(printer))
    # the code is always a picture; a line that cannot be sent is another
    lines = {"image": 5}.get(encoding, 0)
    assert len(printer.pictures) == 1 + (lines if lines else not as_text)


def _text_of(printer: EmulatedPrinter) -> Iterator[bytes]:
    rest = bytes(printer.printed)
    for picture in printer.pictures:
        before, _, rest = rest.partition(picture)
        yield before
    yield rest


@pytest.mark.parametrize("columns", [32, 48])
@pytest.mark.parametrize("encoding", ["gb18030", "image"])
def test_no_picture_is_wider_than_the_roll(encoding: str, columns: int) -> None:
    for order in printed(JI * 9, encoding, columns).pictures:
        assert drawn(order).width <= DOTS[columns]


def test_rare_names_are_drawn_with_ink_and_differ() -> None:
    pictures = {drawn(printed(name, "gb18030").pictures[0]).tobytes() for name in (YAN, JI)}
    assert len(pictures) == 2


def test_no_picture_holds_a_question_that_the_printer_would_answer() -> None:
    """DLE EOT counts wherever it stands, within a picture too."""
    for n in range(40):
        orders = printed(JI, "image").pictures + printed(f"{n}𠮷", "image").pictures
        assert not any(b"\x10\x04" in order for order in orders)


def test_the_code_on_the_roll_is_read_by_a_real_decoder_and_holds_the_number_alone() -> None:
    """K36: nothing personal in a code."""
    (order,) = printed(PLAIN, "gb18030").pictures
    page = Image.new("1", (DOTS[32], 400), 1)
    page.paste(drawn(order), (0, 20))
    assert list(codes(page)) == [NUMBER]


def test_the_code_on_the_screen_is_read_by_a_real_decoder_with_its_quiet_zone() -> None:
    rows = on_screen(NUMBER)
    assert len({len(row) for row in rows}) == 1
    cell, light = (8, 16), {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}
    picture = Image.new("L", (len(rows[0]) * cell[0], len(rows) * cell[1]), 0)
    for y, row in enumerate(rows):
        for x, sign in enumerate(row):
            for half, lit in enumerate(light[sign]):
                if lit:
                    place = (x * cell[0], y * cell[1] + half * cell[1] // 2)
                    picture.paste(255, (*place, place[0] + cell[0], place[1] + cell[1] // 2))
    assert list(codes(picture)) == [NUMBER]


def test_around_a_code_is_light_as_wide_as_phones_ask_for() -> None:
    rows = modules(NUMBER)
    edge = [*rows[:QUIET], *rows[-QUIET:], *(row[:QUIET] + row[-QUIET:] for row in rows)]
    assert not any(map(any, edge))
