"""`python -m tables.common_characters FILE` makes data/words/common_characters.txt, what texts are made of.

FILE is Unihan_OtherMappings.txt of the Unicode Character Database (in the Debian package unicode-data, packed
with bzip2). Its field kTGH numbers the characters of the Table of General Standard Chinese Characters, which
the State Council published in 2013: the first 3,500 are its first level, those in everyday use.
"""

from __future__ import annotations

import argparse
import bz2
from pathlib import Path

from kiosk.paths import data_file

FIRST_LEVEL = 3500
IN_A_LINE = 50
HEAD = """\
# 通用规范汉字表（国务院 2013 年公布）一级字，共 3500 个，按笔画排。给居民看的文字只用这些字（K25，W407）。
# The 3,500 characters of the first level of the Table of General Standard Chinese Characters (State Council,
# 2013), by strokes. Made by tables/common_characters.py from the field kTGH of the Unicode Character Database
# 15.0, which stands under the licence beside this file (UNICODE-LICENSE.txt).
"""


def made(mappings: str) -> str:
    """The list as it is shipped, of the text of Unihan_OtherMappings.txt."""
    numbered: dict[int, str] = {}
    for line in mappings.splitlines():
        code, _, rest = line.partition("\tkTGH\t2013:")
        if rest and int(rest) <= FIRST_LEVEL:
            numbered[int(rest)] = chr(int(code.removeprefix("U+"), 16))
    if set(numbered) != set(range(1, FIRST_LEVEL + 1)):
        raise ValueError("not all characters of the first level are in this file")
    row = "".join(numbered[number] for number in sorted(numbered))
    lines = (row[start : start + IN_A_LINE] for start in range(0, FIRST_LEVEL, IN_A_LINE))
    return HEAD + "".join(f"{line}\n" for line in lines)


def main() -> None:
    """Read, and write the list."""
    asked = argparse.ArgumentParser(prog="python -m tables.common_characters", description=__doc__)
    asked.add_argument("file", type=Path)
    file: Path = asked.parse_args().file
    packed = file.read_bytes()
    text = (bz2.decompress(packed) if file.suffix == ".bz2" else packed).decode("utf-8")
    data_file("words/common_characters.txt").write_text(made(text), encoding="utf-8")


if __name__ == "__main__":
    main()
