"""The author's guide names all that a service file may say, and nothing of it is made up."""

from __future__ import annotations

import re
import tomllib
import typing
from collections.abc import Iterator
from pathlib import Path

from kiosk.services.check.logic import PRINT_BLOCKS
from kiosk.services.model import Service
from kiosk.services.question import FieldKind
from kiosk.services.wording import Record

GUIDE = (Path(__file__).parents[2] / "docs" / "services.md").read_text(encoding="utf-8")
NAMED = set(
    re.findall(r"@?[a-z][a-z0-9_]*", " ".join(re.findall(r"`[^`\n]+`|^    .+$", GUIDE, re.MULTILINE)))
)


def parts(record: type[Record], seen: set[type[Record]]) -> Iterator[type[Record]]:
    """That part of a file, and all inside it."""
    if record in seen:
        return
    seen.add(record)
    yield record
    for field in record.model_fields.values():
        for inner in _records(field.annotation):
            yield from parts(inner, seen)


def _records(kind: object) -> Iterator[type[Record]]:
    if isinstance(kind, type) and issubclass(kind, Record):
        yield kind
    for inner in typing.get_args(kind):
        yield from _records(inner)


def test_every_key_of_a_file_is_in_the_guide() -> None:
    keys = {
        field.alias or name for part in parts(Service, set()) for name, field in part.model_fields.items()
    }
    assert keys - NAMED == set()


def test_every_kind_of_answer_has_its_row_with_how_a_story_writes_it() -> None:
    for kind in FieldKind:
        row = next(line for line in GUIDE.splitlines() if line.startswith(f"| `{kind}` |"))
        told = re.sub("…", "x", row.rstrip(" |").rpartition("| ")[2].strip("`").replace("{ … }", "{}"))
        assert tomllib.loads(f"value = {told}")


def test_every_block_of_a_paper_is_in_the_guide() -> None:
    assert set(PRINT_BLOCKS) <= NAMED
