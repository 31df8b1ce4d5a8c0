"""Papers to take home: every word on them, in large type, or not printed at all."""

from __future__ import annotations

import logging
import os
import re
import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kiosk.config import DeviceSettings, Printing, Settings, Site
from kiosk.flow.document import Big, Document, Drawn, Listing, Paragraph, Rows
from kiosk.flow.papers import guide_paper
from kiosk.flow.signature import read
from kiosk.paper import pdf as drawing
from kiosk.paper.font import Font, MissingSign, NoFont, find_font
from kiosk.paper.pdf import pdf
from kiosk.paper.plain import plain_text
from kiosk.paper.printers import FolderPrinter, QueuePrinter, printer_for
from kiosk.paper.receipt_printer import ReceiptPrinter
from kiosk.ports import PrintTrouble
from kiosk.text import Text, same
from tests.flow.residents import ALLOWANCE, SERVICES, WORLD

GUIDE = guide_paper(ALLOWANCE, WORLD)
RARE = "𠮷䶮㙓"
"""In names, and in few fonts."""
NOWHERE = "\U000e0001"


@pytest.fixture(scope="session")
def font() -> Font:
    return find_font()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every line that is set on a sheet."""
    lines: list[str] = []
    cell = FPDF.cell

    def noted(self: FPDF, *given: object, **how: object) -> object:
        lines.append(str(how["text"]))
        return cell(self, *given, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(FPDF, "cell", noted)
    return lines


def paper(*words: str) -> Document:
    return Document(same("单子"), tuple(Paragraph(same(one)) for one in words))


def test_a_drawn_signature_is_lines_on_the_sheet_and_a_touch_is_a_dot(
    font: Font, monkeypatch: pytest.MonkeyPatch
) -> None:
    """K41: under its label, whole, and in the shape that the finger gave it."""
    lines: list[list[tuple[float, float]]] = []
    monkeypatch.setattr(FPDF, "polyline", lambda _, points, **how: lines.append(points))
    strokes = read("[[[0,0,0],[4000,0,90]],[[2000,1000,200]],[[0,1000,300],[4000,1000,400]]]")
    assert strokes is not None
    document = Document(same("申请表"), (Drawn(same("签名"), same("已签名"), strokes),))
    assert pdf(document, font, "zh")
    (left, top), (right, _) = lines[0]
    assert right - left == pytest.approx(80.0)
    assert lines[1][0][1] - top == pytest.approx(20.0), "a quarter as high as wide, as it was drawn"
    assert len(lines) == 2
    assert "签名：已签名" in plain_text(document, 32, "zh")


def squeezed(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [32, 48, 64])
def test_a_guide_as_text_has_every_word_and_fits_the_roll(columns: int, language: str) -> None:
    shown = plain_text(GUIDE, columns, language)
    assert all(cell_len(line) <= columns for line in shown.splitlines())
    for text in GUIDE.texts():
        assert squeezed(text.show(language)) in squeezed(shown).replace("[]", "")


words = st.text(st.sampled_from([*"张桂芳您好，。（）：", *"abc 123", "𠮷"]), min_size=1, max_size=60)


@given(st.lists(words, max_size=4), words, st.integers(min_value=8, max_value=60))
def test_no_line_of_any_paper_is_wider_than_the_roll(items: list[str], label: str, columns: int) -> None:
    document = Document(
        same(label),
        (
            Listing(same(label), tuple(map(same, items))),
            Rows(((same(label), same(label)),)),
            Big(same("A017")),
        ),
        same(label),
    )
    assert all(cell_len(line) <= columns for line in plain_text(document, columns, "zh").splitlines())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_of_a_guide_is_on_the_sheet(font: Font, drawn: list[str], language: str) -> None:
    assert pdf(GUIDE, font, language).startswith(b"%PDF")
    sheet = squeezed("".join(drawn))
    for text in GUIDE.texts():
        assert squeezed(text.show(language)) in sheet


def test_no_line_on_a_sheet_begins_with_a_comma(font: Font, drawn: list[str]) -> None:
    pdf(paper("今年九十，您好。" * 40), font, "zh")
    assert len(drawn) > 5
    assert [line for line in drawn if line[0] in "，。"] == []


def test_the_type_on_a_sheet_is_large() -> None:
    """K36: body text at least 4 mm; a Han character is as high as its type."""
    assert drawing._BODY * 25.4 / 72 >= 4


def test_a_long_paper_goes_on_over_the_page(font: Font) -> None:
    long = pdf(paper(*["要带的东西请带齐。"] * 60), font, "zh")
    assert len(re.findall(rb"/Type /Page\b", long)) >= 3


def test_rare_characters_of_names_are_printed(font: Font, drawn: list[str]) -> None:
    """flows.md, finding 7."""
    pdf(paper(RARE), font, "zh")
    assert RARE in "".join(drawn)


def test_a_missing_sign_stops_the_print_and_is_named(font: Font, drawn: list[str]) -> None:
    """flows.md, finding 7: a gap could be somebody's name."""
    with pytest.raises(MissingSign) as missing:
        pdf(paper("好", f"张{NOWHERE}"), font, "zh")
    assert missing.value.signs == NOWHERE
    assert NOWHERE not in str(missing.value), "the words of an error may be logged"
    assert drawn == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_shipped_guide_can_be_printed(font: Font, language: str) -> None:
    guides = [guide_paper(service, WORLD) for service in SERVICES.values()]
    together = tuple(Paragraph(text) for guide in guides for text in guide.texts())
    assert pdf(Document(same("全部"), together), font, language)


def test_a_machine_without_a_chinese_font_says_so(tmp_path: Path) -> None:
    (tmp_path / "LatinOnly.ttf").touch()
    with pytest.raises(NoFont):
        find_font([tmp_path, tmp_path / "not-there"])


def test_the_best_font_of_several_is_taken(tmp_path: Path) -> None:
    for name in ("wqy-microhei.ttc", "NotoSansCJK-Regular.ttc"):
        (tmp_path / name).touch()
    assert find_font([tmp_path]) == Font(tmp_path / "NotoSansCJK-Regular.ttc", 2)


def test_a_folder_gets_each_paper_whole_for_its_owner_under_a_name_that_tells_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    for _ in range(2):
        FolderPrinter(folder).print(GUIDE, "zh")
    files = list(folder.iterdir())
    assert len(files) == 2
    for file in files:
        assert re.fullmatch(r"[0-9a-f]{16}\.pdf", file.name)
        assert file.read_bytes().startswith(b"%PDF")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PrintTrouble) as trouble:
        FolderPrinter(tmp_path / "file" / "below").print(GUIDE, "zh")
    assert WORLD.texts[trouble.value.key].show("zh")


def queue_program(folder: Path, script: str) -> str:
    """Stands in for `lp`."""
    program = folder / "lp"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return os.fspath(program)


def test_a_queue_gets_the_sheet_through_a_pipe_and_a_title_that_tells_nothing(tmp_path: Path) -> None:
    program = queue_program(tmp_path, f'echo "$@" > {tmp_path}/order; cat > {tmp_path}/sheet')
    QueuePrinter("hall", program).print(GUIDE, "zh")
    assert (tmp_path / "order").read_text(encoding="utf-8") == "-s -t bangban -d hall\n"
    assert (tmp_path / "sheet").read_bytes().startswith(b"%PDF")


def test_a_queue_that_has_taken_the_sheet_need_not_be_done_with_it(tmp_path: Path) -> None:
    """What it starts on its own account is not waited for, whatever that writes."""
    program = queue_program(tmp_path, "cat > /dev/null; sleep 120 & exit 0")
    begun = time.monotonic()
    QueuePrinter("hall", program).print(GUIDE, "zh")
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize("script", ["cat > /dev/null; exit 1", "exit 1"])
def test_a_queue_that_refuses_is_told(script: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(PrintTrouble) as trouble:
        QueuePrinter("hall", queue_program(tmp_path, script)).print(GUIDE, "zh")
    assert trouble.value.key == "trouble.not_printed"
    assert "高龄" not in caplog.text


def test_a_machine_without_a_queue_is_told(tmp_path: Path) -> None:
    with pytest.raises(PrintTrouble):
        QueuePrinter("hall", os.fspath(tmp_path / "no-lp")).print(GUIDE, "zh")


def test_what_the_font_lacks_is_told_to_the_person_and_kept_out_of_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(PrintTrouble) as trouble:
        FolderPrinter(tmp_path).print(Document(Text({"zh": f"张{NOWHERE}"}), ()), "zh")
    assert trouble.value.key == "trouble.no_such_sign"
    assert NOWHERE not in caplog.text and "张" not in caplog.text
    assert list(tmp_path.iterdir()) == []


def test_the_settings_choose_the_printer() -> None:
    plain = Settings(Site(same("中心"), "000"))
    assert printer_for(plain) is None and not plain.prints
    folder = replace(plain, printer=Printing(folder="out"))
    assert isinstance(printer_for(folder), FolderPrinter)
    queue = replace(plain, printer=Printing("hall", "out"))
    assert isinstance(printer_for(queue), QueuePrinter)
    roll = replace(queue, device=(DeviceSettings("printer", "escpos", "/dev/not-there"),))
    assert isinstance(printer_for(roll), ReceiptPrinter) and roll.prints
