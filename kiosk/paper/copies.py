"""What came from a file, a scanner or a camera, made into a copy that can be kept.

Only what its content shows to be a JPEG, a PNG or a PDF is taken. A picture is drawn anew from its dots:
where and with what it was taken, and whatever else lay beside them, stays behind. A PDF is kept as it is.
"""

from __future__ import annotations

import io
import warnings
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.cases.materials import Copy, Kind

if TYPE_CHECKING:
    from PIL import Image

MEBIBYTE = 1 << 20
LARGEST_RAW = 64 * MEBIBYTE
"""Bytes that are looked at at all: a page that a scanner gives as a PNG."""
LARGEST_PICTURE = 50_000_000
"""Dots: A4 at 600 dpi has 35 million. What a few bytes would unfold to is asked before they are unfolded."""
LONGEST_SIDE = 3508
"""Dots of A4 at 300 dpi: the smallest print of a form is read at half of that."""
_FIRST = {Kind.JPEG: b"\xff\xd8\xff", Kind.PNG: b"\x89PNG\r\n\x1a\n", Kind.PDF: b"%PDF-"}
_ALPHA = {"RGBA", "LA", "PA", "P"}
_OF_SIXTEEN_BITS = 1 / 256
_LARGE_PNG = MEBIBYTE
_JPEG_QUALITY = 85
_PDF_END = 2048
_FEWEST_DOTS = 400
"""On the shorter side: a card that fills the picture can be read at that."""
_LOOKED_AT = 1000
_DARK, _LIGHT_PART = 64, 0.005
_AROUND, _INK, _INKED_PART = 8, 24, 0.0005


class Unfit(StrEnum):
    """Why something cannot be kept as a copy."""

    EMPTY = "empty"
    KIND = "kind"
    """Neither a JPEG, nor a PNG, nor a PDF."""
    BROKEN = "broken"
    LARGE = "large"
    """More than one copy may be."""
    DOTS = "dots"
    """More dots than any paper has."""
    DARK = "dark"
    """Of a picture taken here: even its light parts are dark."""
    BLANK = "blank"
    """Of a picture taken here: nothing is on it, or so out of focus that nothing can be read."""
    SMALL = "small"
    """Of a picture taken here: too few dots to read a paper by."""


class UnfitCopy(Exception):
    """It cannot be kept. Carries nothing of what it was."""

    def __init__(self, why: Unfit) -> None:
        super().__init__(f"copy: {why}")
        self.why = why


def picture_of(raw: bytes, most_mib: int) -> Copy:
    """The same of what a scanner or camera has just brought: somebody stands there and can do it again, so it
    is looked at, too, whether it shows a paper at all. Raises UnfitCopy."""
    copy = copy_of(raw, most_mib)
    if copy.kind is not Kind.PDF:
        _look_at(copy)
    return copy


def copy_of(raw: bytes, most_mib: int) -> Copy:
    """The copy to keep, of at most that many MiB. Raises UnfitCopy."""
    if not raw:
        raise UnfitCopy(Unfit.EMPTY)
    if len(raw) > LARGEST_RAW:
        raise UnfitCopy(Unfit.LARGE)
    kind = _kind_of(raw)
    copy = _whole_pdf(raw) if kind is Kind.PDF else _drawn_anew(raw, kind)
    if len(copy.content) > most_mib * MEBIBYTE:
        raise UnfitCopy(Unfit.LARGE)
    return copy


def _kind_of(raw: bytes) -> Kind:
    """By its first bytes: a name can say anything."""
    for kind, first in _FIRST.items():
        if raw.startswith(first):
            return kind
    raise UnfitCopy(Unfit.KIND)


def _whole_pdf(raw: bytes) -> Copy:
    if b"%%EOF" not in raw[-_PDF_END:]:
        raise UnfitCopy(Unfit.BROKEN)
    return Copy(Kind.PDF, raw)


def _drawn_anew(raw: bytes, kind: Kind) -> Copy:
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=[kind.name]) as found:
                if found.width * found.height > LARGEST_PICTURE:
                    raise UnfitCopy(Unfit.DOTS)
                upright = ImageOps.exif_transpose(found)
                plain = _on_white(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnfitCopy(Unfit.DOTS) from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
        raise UnfitCopy(Unfit.BROKEN) from None
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return _written(plain, kind)


def _on_white(picture: Image.Image) -> Image.Image:
    """Its dots and nothing else: a new picture has none of the old one's notes."""
    from PIL import Image

    if picture.mode.startswith("I"):
        # sixteen bits of grey: `convert` alone would make everything but black white
        picture = picture.point(lambda grey: grey * _OF_SIXTEEN_BITS).convert("L")
    mode = "L" if picture.mode in {"1", "L"} else "RGB"
    page = Image.new(mode, picture.size, "white")
    if picture.mode in _ALPHA:
        picture = picture.convert("RGBA")
        page.paste(picture, mask=picture.getchannel("A"))
    else:
        page.paste(picture.convert(mode))
    return page


def _look_at(copy: Copy) -> None:
    """Coarse on purpose: a paper that can be read is never refused."""
    from PIL import Image, ImageChops, ImageFilter

    with Image.open(io.BytesIO(copy.content)) as found:
        if min(found.size) < _FEWEST_DOTS:
            raise UnfitCopy(Unfit.SMALL)
        grey = found.convert("L")
    grey.thumbnail((_LOOKED_AT, _LOOKED_AT))
    if _brighter_than(grey, _DARK) < _LIGHT_PART:
        raise UnfitCopy(Unfit.DARK)
    # an edge of ink is what differs from its surroundings; a shadow across the page does not
    ink = ImageChops.subtract(grey.filter(ImageFilter.GaussianBlur(_AROUND)), grey)
    if _brighter_than(ink, _INK) < _INKED_PART:
        raise UnfitCopy(Unfit.BLANK)


def _brighter_than(grey: Image.Image, least: int) -> float:
    """Of its dots the part that is."""
    counts = grey.histogram()
    return sum(counts[least:]) / sum(counts)


def _written(picture: Image.Image, kind: Kind) -> Copy:
    """A page of letters is small as a PNG; a photograph is not, and becomes a JPEG."""
    if kind is Kind.PNG:
        content = _saved(picture, "PNG", optimize=True)
        if len(content) <= _LARGE_PNG:
            return Copy(Kind.PNG, content)
    return Copy(Kind.JPEG, _saved(picture, "JPEG", quality=_JPEG_QUALITY, optimize=True))


def _saved(picture: Image.Image, kind: str, **how: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()
