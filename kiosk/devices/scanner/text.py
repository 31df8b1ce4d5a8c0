"""A code's bytes as text that a terminal can be shown. Pure."""

from __future__ import annotations

import re
import unicodedata

_ESCAPE_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
)
"""ECMA-48: control sequences; strings for the terminal, with their end."""
_LINE_ENDS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Control characters; characters without a look of their own (those that turn the direction of writing among
them); halves of characters. Rare characters of names (`Co`) stay."""


def decoded(raw: bytes) -> tuple[str, str] | None:
    """The text and the name of its encoding: UTF-8 where it is strictly that, else GB 18030, else None."""
    for encoding in ("ascii", "utf-8", "gb18030"):
        try:
            return raw.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return None


def clean(text: str) -> str:
    """One line of it, without anything that a terminal would obey or not show."""
    line = _LINE_ENDS.sub(" ", _ESCAPE_SEQUENCE.sub("", text))
    return "".join(sign for sign in line if unicodedata.category(sign) not in _HIDDEN)
