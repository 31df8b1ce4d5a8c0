"""The key of a record in the one form in which it is asked for, compared and kept."""

from __future__ import annotations

import hmac
import re
import unicodedata
from dataclasses import replace

from kiosk.flow.fields.base import tidy
from kiosk.flow.records import KeyKind, RecordKey
from kiosk.identity.id_number import normalise
from kiosk.security.keys import person_key

_CODE = re.compile(r"[0-9A-Z]{6,30}")


def canonical(key: RecordKey) -> RecordKey:
    """However it was typed or written: plain letters and digits, capital; a code without its dashes."""
    if key.kind is KeyKind.ID_NUMBER:
        return replace(key, value=normalise(key.value))
    kept = (sign for sign in tidy(key.value) if not sign.isspace() and unicodedata.category(sign) != "Pd")
    return replace(key, value="".join(kept).upper())


def is_code(value: str) -> bool:
    """Can it be the code of anything? `value` is in canonical form."""
    return _CODE.fullmatch(value) is not None


def name_in_store(key: RecordKey, site_key: bytes) -> str:
    """What rows are kept under: it tells neither the number nor the code."""
    if key.kind is KeyKind.ID_NUMBER:
        return person_key(key.value, site_key)
    return hmac.digest(site_key, b"code:" + canonical(key).value.encode(), "sha256").hex()
