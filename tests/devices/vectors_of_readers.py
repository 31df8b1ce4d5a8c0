"""Every vector of `vectors/readers.json`, for whoever asks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.identity.card import CardKind
from kiosk.identity.layout import compose

Vector = dict[str, Any]
VECTORS: list[Vector] = json.loads((Path(__file__).parent / "vectors/readers.json").read_text("utf-8"))[
    "vectors"
]
KINDS = {
    "stream_vector": ("sdt", "stream"),
    "request_vector": ("sdt", "request"),
    "text_vector": ("sdt", "text_block"),
    "scenario_vector": ("sdt", "scenario"),
    "number_vector": ("gb11643", "number"),
}


def give_vectors(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `stream_vector` runs once for every stream, and so on."""
    for name, kind in KINDS.items():
        if name in metafunc.fixturenames:
            chosen = [v for v in VECTORS if (v["protocol"], v["kind"]) == kind]
            metafunc.parametrize(name, chosen, ids=[v["id"] for v in chosen])


def card_of(**changes: str) -> bytes:
    """A text block of a fictional woman, with changes."""
    texts = {
        "name": "张桂芳",
        "sex_code": "2",
        "ethnic_code": "01",
        "birth": "19440305",
        "address": "示例省样本市和平区梧桐街道12号楼2单元101室",
        "number": "990101194403050029",
        "authority": "样本市公安局和平分局",
        "valid_from": "20060510",
        "valid_to": "长期",
    }
    return compose(CardKind.RESIDENT, {**texts, **changes})
