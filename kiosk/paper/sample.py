"""A drawn page that stands for a paper, where nobody should lay a real one: in a demo."""

from __future__ import annotations

import io
from contextlib import suppress

from kiosk.paper.font import NoFont, find_font

_SIZE = (827, 1169)
"""A4 at 100 dpi."""
_LINES = 12
_INK, _FAINT = 0, 190


def sample_paper(title: str, name: str) -> bytes:
    """A PNG that says what it is a sample of; without a Chinese font only its lines are drawn."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", _SIZE, 255)
    pen = ImageDraw.Draw(page)
    pen.rectangle((40, 40, _SIZE[0] - 40, _SIZE[1] - 40), outline=_INK, width=4)
    for place in range(_LINES):
        height = 320 + place * 60
        pen.line((100, height, _SIZE[0] - 100, height), fill=_FAINT, width=3)
    with suppress(NoFont):
        font = find_font()
        for words, size, height in ((title, 72, 110), (name, 44, 220)):
            face = ImageFont.truetype(font.path, size, index=font.face)
            pen.text((_SIZE[0] // 2, height), words, fill=_INK, font=face, anchor="mt")
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()
