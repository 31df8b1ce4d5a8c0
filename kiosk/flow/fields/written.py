"""How values are written in each language: what belongs to a value as 年 belongs to a date, no sentences."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.text import LANGUAGES, Privacy, Text

_BETWEEN = {"zh": "、", "en": ", "}

SIGNED = {
    "mark": Text({"zh": "已签名", "en": "signed"}),
    "key": Text({"zh": "已按键确认", "en": "confirmed with a key"}),
}


def counted(number: str | int, unit: Text | None) -> Text:
    """A number with its unit, 3个 and 3 pieces."""
    if unit is None:
        return Text({"zh": str(number)})
    return Text({"zh": f"{number}{unit.show('zh')}", "en": f"{number} {unit.show('en')}"})


def listed(parts: Sequence[Text], between: dict[str, str] | None = None) -> Text:
    """Several texts in a row, each said in its own way, with the strictest privacy of them."""
    marks = between or _BETWEEN
    strict = max((part.privacy for part in parts), key=list(Privacy).index, default=Privacy.OPEN)
    return Text(
        {language: marks[language].join(part.show(language) for part in parts) for language in LANGUAGES},
        {language: marks[language].join(part.say(language) for part in parts) for language in LANGUAGES},
        strict,
        parts=() if strict is Privacy.OPEN else tuple(parts),
    )
