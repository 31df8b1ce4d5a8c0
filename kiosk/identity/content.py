"""What the bytes of a card mean: the 256-byte text block, the addresses appended later.

Pure and forgiving: odd contents become warnings, unusable ones None. Nothing here raises.
"""

from __future__ import annotations

import unicodedata
from datetime import date

from kiosk.identity import id_number
from kiosk.identity.card import Card, CardKind, CardWarning
from kiosk.identity.ethnic import ETHNIC
from kiosk.identity.layout import ADDRESS_SIZE, BLOCK_SIZE, KIND_AT, KINDS, LAYOUTS, MOST_ADDRESSES

SEXES = {"0": "未知", "1": "男", "2": "女", "9": "未说明"}
FOREVER = "长期"
_BLANK = "\ufffe\uffff"
"""What memory that was never written reads as; no characters."""


def addresses(payload: bytes) -> list[str]:
    """The appended addresses of a reply to 30 03; the last one is where the person lives now.

    None where the payload is not one to four slots of 70 bytes.
    """
    if len(payload) % ADDRESS_SIZE or len(payload) > MOST_ADDRESSES * ADDRESS_SIZE:
        return []
    slots = [payload[i : i + ADDRESS_SIZE] for i in range(0, len(payload), ADDRESS_SIZE)]
    return [text for text in map(_decode, slots) if text.strip("\ufffd \0")]


def parse_text(block: bytes) -> Card:
    """The card in a text block of any of the four layouts."""
    warnings: set[CardWarning] = set()
    if len(block) < BLOCK_SIZE:
        warnings.add(CardWarning.SHORT_TEXT)
    block = block[:BLOCK_SIZE] + b" \0" * ((BLOCK_SIZE - len(block[:BLOCK_SIZE]) + 1) // 2)
    kind = KINDS.get(_decode(block[KIND_AT : KIND_AT + 2]), CardKind.RESIDENT)
    texts = {name: _text(block, spans, warnings) for name, spans in LAYOUTS[kind].items()}
    birth = _day(texts["birth"])
    sex_code = texts["sex_code"]
    ethnic_code = texts.get("ethnic_code", "")
    number = id_number.check(texts["number"])
    valid_from, valid_to = _day(texts["valid_from"]), _day(texts["valid_to"])
    forever = texts["valid_to"] == FOREVER
    warnings |= _doubts(birth, SEXES.get(sex_code), number)
    if ethnic_code and ethnic_code not in ETHNIC:
        warnings.add(CardWarning.UNKNOWN_ETHNIC)
    if valid_from is None or (valid_to is None and not forever):
        warnings.add(CardWarning.VALIDITY)
    return Card(
        kind=kind,
        name=texts["name"],
        number=number.number,
        birth=birth,
        sex_code=sex_code,
        sex=SEXES.get(sex_code, ""),
        address=texts.get("address", ""),
        ethnic_code=ethnic_code,
        ethnic=ETHNIC.get(ethnic_code, ""),
        authority=texts.get("authority", ""),
        valid_from=valid_from,
        valid_to=valid_to,
        valid_forever=forever,
        name_latin=texts.get("name_latin", ""),
        nationality=texts.get("nationality", ""),
        pass_number=texts.get("pass_number", ""),
        issue_count=texts.get("issue_count", ""),
        warnings=tuple(sorted(warnings)),
    )


def _doubts(birth: date | None, sex: str | None, number: id_number.NumberCheck) -> set[CardWarning]:
    """Where number, birth date and sex do not agree."""
    doubts: set[CardWarning] = set()
    if birth is None:
        doubts.add(CardWarning.BIRTH)
    if sex is None:
        doubts.add(CardWarning.UNKNOWN_SEX)
    if not number.valid:
        doubts.add(CardWarning.NUMBER_CHECK)
    elif number.birth is not None and birth is not None and number.birth != birth:
        doubts.add(CardWarning.NUMBER_BIRTH)
    if number.sex is not None and sex in {"男", "女"} and number.sex != sex:
        doubts.add(CardWarning.NUMBER_SEX)
    return doubts


def _text(block: bytes, spans: tuple[tuple[int, int], ...], warnings: set[CardWarning]) -> str:
    text = _decode(b"".join(block[start : start + size] for start, size in spans))
    if any(unicodedata.category(character) == "Co" for character in text):
        warnings.add(CardWarning.PRIVATE_USE_CHARACTER)
    if "\ufffd" in text:
        warnings.add(CardWarning.UNREADABLE_CHARACTER)
    return text


def _decode(stored: bytes) -> str:
    """UTF-16LE without its padding. Control characters would reach a terminal: they become U+FFFD."""
    text = stored.decode("utf-16-le", "replace").rstrip(" \0")
    return "".join("\ufffd" if unicodedata.category(c) in {"Cc", "Cf"} or c in _BLANK else c for c in text)


def _day(digits: str) -> date | None:
    if len(digits) != 8 or not digits.isascii() or not digits.isdigit():
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
