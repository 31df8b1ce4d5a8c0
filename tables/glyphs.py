"""Makes data/glyphs/unifont.bin: Unifont's 16-pixel characters as bits, from Debian's fonts-unifont.

    python -m tables.glyphs /usr/share/fonts/opentype/unifont/unifont.otf

Needs Pillow. One record after another, for each range of `screens.glyphs`: sixteen rows, a byte each for the
narrow ones and two for the wide ones; all zeros where the font has no such character.
"""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from screens.glyphs import RANGES, ROWS

OUT = Path(__file__).resolve().parents[1] / "data" / "glyphs" / "unifont.bin"


def record(sign: str, cells: int, font: ImageFont.FreeTypeFont) -> bytes:
    """The rows of one character."""
    picture = Image.new("1", (8 * cells, ROWS))
    ImageDraw.Draw(picture).text((0, 0), sign, font=font, fill=1)
    return picture.tobytes()


def main() -> None:
    """Draw and pack them all."""
    font = ImageFont.truetype(sys.argv[1], ROWS)
    records = (record(chr(code), cells, font) for cells, codes in RANGES for code in codes)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(zlib.compress(b"".join(records), 9))


if __name__ == "__main__":
    main()
