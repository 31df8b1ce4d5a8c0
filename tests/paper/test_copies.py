"""What came from a file, a scanner or a camera: only what it shows is kept, nothing that lay beside it."""

from __future__ import annotations

import io
import struct
import sys
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from kiosk.cases.materials import Copy, Kind
from kiosk.paper.cameras import picture_source
from kiosk.paper.copies import LONGEST_SIDE, Unfit, UnfitCopy, copy_of, picture_of
from kiosk.paper.sample import sample_paper
from kiosk.paper.taking import FILE, Fault, NotShown, NotTaken, Shown, taken

PLACE = "拍照的地方：样本市幸福路一号"


def photograph(width: int = 60, height: int = 40, orientation: int = 1) -> bytes:
    """Red on the left, with everything a telephone writes beside it."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("red", (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = PLACE.encode()
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=PLACE.encode(), quality=95)
    return out.getvalue()


def opened(copy: Copy) -> Image.Image:
    return Image.open(io.BytesIO(copy.content))


def test_a_photograph_is_kept_without_the_place_where_it_was_taken() -> None:
    raw = photograph()
    assert PLACE.encode() in raw
    copy = copy_of(raw, 8)
    assert copy.kind is Kind.JPEG and PLACE.encode() not in copy.content
    assert not opened(copy).getexif() and "comment" not in opened(copy).info


def test_a_photograph_taken_sideways_stands_upright() -> None:
    turned = opened(copy_of(photograph(orientation=6), 8))
    assert turned.size == (40, 60)
    top, bottom = turned.getpixel((20, 5)), turned.getpixel((20, 55))
    assert isinstance(top, tuple) and isinstance(bottom, tuple) and top[1] < 90 < bottom[1]


def test_a_png_loses_its_notes_and_what_was_clear_is_white() -> None:
    from PIL import PngImagePlugin

    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("Comment", PLACE)
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG", pnginfo=notes)
    copy = copy_of(out.getvalue(), 8)
    assert copy.kind is Kind.PNG and PLACE.encode() not in copy.content and not opened(copy).info
    assert opened(copy).getpixel((3, 3)) == (255, 255, 255)


def test_a_large_page_becomes_as_large_as_can_be_read_and_a_photograph_in_a_png_a_jpeg() -> None:
    noise = Image.effect_noise((1700, 1200), 90)
    out = io.BytesIO()
    noise.save(out, "PNG")
    assert copy_of(out.getvalue(), 8).kind is Kind.JPEG
    assert max(opened(copy_of(photograph(5000, 2500), 8)).size) == LONGEST_SIDE


def test_a_scan_in_sixteen_bits_of_grey_can_still_be_read() -> None:
    out = io.BytesIO()
    Image.frombytes("I;16", (2, 1), struct.pack("<2H", 20_000, 65_535)).save(out, "PNG")
    kept = opened(copy_of(out.getvalue(), 8))
    assert (kept.getpixel((0, 0)), kept.getpixel((1, 0))) == (78, 255)


def bomb(width: int, height: int) -> bytes:
    """A few bytes that say they are a picture of so many dots."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")
        )

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    rows = chunk(b"IDAT", zlib.compress(bytes(200_000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + rows + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", Unfit.EMPTY),
        (b"PK\x03\x04" + bytes(100), Unfit.KIND),
        (b"GIF89a" + bytes(100), Unfit.KIND),
        ("身份证".encode(), Unfit.KIND),
        (photograph()[:300], Unfit.BROKEN),
        (b"\xff\xd8\xff" + bytes(100), Unfit.BROKEN),
        (b"%PDF-1.7 and no end", Unfit.BROKEN),
        (b"%PDF-1.7" + bytes(2 << 20) + b"%%EOF", Unfit.LARGE),
        (bomb(8000, 8000), Unfit.DOTS),
        (bomb(60_000, 60_000), Unfit.DOTS),
    ],
    ids=["empty", "zip", "gif", "words", "half", "no jpeg", "half a pdf", "large", "bomb", "great bomb"],
)
def test_what_cannot_be_kept_says_why_and_nothing_of_itself(raw: bytes, why: Unfit) -> None:
    with pytest.raises(UnfitCopy) as unfit:
        copy_of(raw, 1)
    assert unfit.value.why is why and unfit.value.__cause__ is None


def test_a_pdf_is_kept_as_it_is() -> None:
    raw = b"%PDF-1.7\n" + bytes(50) + b"\n%%EOF\n"
    assert copy_of(raw, 1) == Copy(Kind.PDF, raw)


def test_the_sample_paper_of_a_demo_can_be_kept() -> None:
    assert copy_of(sample_paper("样张", "户口簿"), 8).kind is Kind.PNG


def test_a_scanner_writes_its_picture_to_its_output_and_no_file() -> None:
    picture = photograph()
    program = f"import sys; sys.stdout.buffer.write({picture!r})"
    assert taken((sys.executable, "-c", program)) == picture


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("pass", Fault.NOTHING),
        ("import sys; print('half'); sys.exit(1)", Fault.FAILED),
        ("import time; time.sleep(60)", Fault.LATE),
    ],
    ids=["nothing", "half", "hangs"],
)
def test_a_scanner_that_brings_nothing_fails_or_hangs_is_told_apart(program: str, why: Fault) -> None:
    """K14: each asks for something else to be done."""
    with pytest.raises(NotTaken) as fault:
        taken((sys.executable, "-c", program), longest=2.0)
    assert fault.value.why is why


def test_a_camera_that_writes_files_only_is_given_one_that_is_in_memory(tmp_path: Path) -> None:
    """As fswebcam and others do; nothing of it is in any folder."""
    picture = photograph()
    where = tmp_path / "where"
    writes = (
        "import os, sys; open(sys.argv[1], 'wb').write(bytes.fromhex(sys.argv[2])); "
        "open(sys.argv[3], 'w').write(os.readlink(sys.argv[1]))"
    )
    assert taken((sys.executable, "-c", writes, FILE, picture.hex(), str(where))) == picture
    assert where.read_text().startswith("/memfd:") and list(tmp_path.iterdir()) == [where]


def test_pictures_come_from_the_program_that_is_set_from_nowhere_or_in_a_demo_from_a_drawn_paper() -> None:
    picture = photograph()
    program = (sys.executable, "-c", f"import sys; sys.stdout.buffer.write({picture!r})")
    source = picture_source(program, "样张", demo=False)
    assert source is not None and source.take("户口簿") == picture
    assert picture_source((), "样张", demo=False) is None
    drawn = picture_source(program, "样张", demo=True)
    assert drawn is not None and picture_of(drawn.take("户口簿"), 8).kind is Kind.PNG


def page_of_letters(size: tuple[int, int] = (900, 1200), light: int = 255, ink: int = 0) -> Image.Image:
    """Four lines of strokes on a page, as much as a short notice has."""
    page = Image.new("L", size, light)
    pen = ImageDraw.Draw(page)
    for line in range(4):
        for letter in range(12):
            left, top = 60 + letter * 30, 80 + line * 60
            pen.rectangle((left, top, left + 20, top + 26), outline=ink, width=3)
    return page


def as_jpeg(page: Image.Image) -> bytes:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=80)
    return out.getvalue()


def shaded(page: Image.Image) -> Image.Image:
    """Lit from one side, as under a desk lamp."""
    shadow = Image.linear_gradient("L").resize(page.size).point(lambda grey: 90 + grey * 165 // 255)
    return ImageChops.multiply(page, shadow)


@pytest.mark.parametrize(
    "page",
    [
        page_of_letters(),
        page_of_letters(light=120, ink=40),
        shaded(page_of_letters()),
        page_of_letters((640, 480)),
        ImageChops.invert(page_of_letters()),
        ImageChops.add(page_of_letters(light=200), Image.effect_noise((900, 1200), 20), 1, -128),
    ],
    ids=["plain", "dim", "shaded", "small camera", "white on black", "grainy"],
)
def test_a_paper_that_can_be_read_is_never_refused(page: Image.Image) -> None:
    assert picture_of(as_jpeg(page), 8).kind is Kind.JPEG


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (Image.new("L", (900, 1200), 8), Unfit.DARK),
        (ImageChops.multiply(page_of_letters(), Image.new("L", (900, 1200), 40)), Unfit.DARK),
        (Image.new("L", (900, 1200), 240), Unfit.BLANK),
        (shaded(Image.new("L", (900, 1200), 240)), Unfit.BLANK),
        (page_of_letters().filter(ImageFilter.GaussianBlur(25)), Unfit.BLANK),
        (page_of_letters((320, 240)), Unfit.SMALL),
    ],
    ids=["lens shut", "no light", "empty", "empty and shaded", "out of focus", "small"],
)
def test_a_picture_on_which_nothing_can_be_read_is_told_while_somebody_can_take_it_again(
    page: Image.Image, why: Unfit
) -> None:
    with pytest.raises(UnfitCopy) as unfit:
        picture_of(as_jpeg(page), 8)
    assert unfit.value.why is why
    assert copy_of(as_jpeg(page), 8).kind is Kind.JPEG  # from a file staff may know better


HANGS_WITHIN = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"


def test_a_scanner_that_hangs_within_a_script_is_left_with_all_it_has_started() -> None:
    """What a script has started holds the same output open: the desk would wait for that."""
    begun = time.monotonic()
    with pytest.raises(NotTaken):
        taken((sys.executable, "-c", HANGS_WITHIN), longest=1.0)
    assert time.monotonic() - begun < 30


def test_a_scanner_that_is_not_there_is_told() -> None:
    with pytest.raises(NotTaken) as fault:
        taken(("no-such-scanner",))
    assert fault.value.why is Fault.MISSING


READS_IT = "import sys; open(sys.argv[2], 'wb').write(open(sys.argv[1], 'rb').read())"


def test_a_viewer_reads_a_picture_that_is_no_file_anywhere(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    copy = Copy(Kind.JPEG, photograph())
    shown = Shown((sys.executable, "-c", READS_IT, FILE, str(seen)), copy)
    shown._program.wait()
    assert seen.read_bytes() == copy.content
    shown.put_away()


def test_a_window_that_is_still_open_is_closed_when_it_is_put_away() -> None:
    shown = Shown((sys.executable, "-c", "import time; time.sleep(60)", FILE), Copy(Kind.JPEG, b"x"))
    assert shown.open
    shown.put_away()
    assert not shown.open


@pytest.mark.parametrize("command", [(), ("no-such-viewer", FILE), (sys.executable, "-c", "pass")])
def test_without_a_viewer_that_is_told(command: tuple[str, ...]) -> None:
    with pytest.raises(NotShown):
        Shown(command, Copy(Kind.JPEG, b"x"))
