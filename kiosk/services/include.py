"""Shared blocks: the questions that many services ask, written once and included by name. Depth one.

A `[[question]]` that holds nothing but `include = "blocks/applicant"` stands for the questions of that
file, in its place; facts, stops, notes, materials, consents and pre-checks of the block come after the
service's own. Every part remembers the file it is from, so that a fault is told where it was written.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.services.positions import Part, PositionIndex

BLOCK_NAME = re.compile(r"blocks/[a-z][a-z0-9-]*")
PARTS = ("question", "fact", "stop", "staff_note", "material", "consent", "precheck")
"""What a block may hold: lists only, all of them optional."""


@dataclass(frozen=True, slots=True)
class Written:
    """One file as it was written: its name and where each key of it stands."""

    name: str
    index: PositionIndex


@dataclass(eq=False)
class BadInclude(Exception):
    """A block that cannot be included: the rule's code, the file and key, values for the message."""

    code: str
    file: Written
    path: tuple[Part, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    block: Written | None = None
    """The block's own file, where it is that which cannot be read."""
    message: str = ""
    """What the parser said about it."""


class Origins:
    """Which file each part of a document with its blocks came from."""

    def __init__(self, own: Written) -> None:
        self.own = own
        self._of: dict[tuple[str, int], tuple[Written, int]] = {}

    def note(self, group: str, number: int, file: Written, there: int) -> None:
        """The part with that number in the whole is the one with number `there` in its file."""
        self._of[group, number] = (file, there)

    def find(self, path: tuple[Part, ...]) -> tuple[Written, tuple[Part, ...]]:
        """The file of a key of the whole document, and its path in that file."""
        match path:
            case (str(group), int(number), *rest) if (group, number) in self._of:
                file, there = self._of[group, number]
                return file, (group, there, *rest)
        return self.own, path


def expand(document: dict[str, Any], own: Written, folder: Path) -> Origins:
    """Put the blocks that `document` includes in their places. Raises BadInclude.

    `folder` is the one the service file lies in.
    """
    origins = Origins(own)
    entries = document.get("question")
    if not isinstance(entries, list):
        return origins
    whole: dict[str, list[tuple[Any, Written, int]]] = {"question": []}
    for group in PARTS[1:]:
        parts = document.get(group, [])
        whole[group] = [(part, own, n) for n, part in enumerate(parts)] if isinstance(parts, list) else []
    for number, entry in enumerate(entries):
        if not isinstance(entry, dict) or "include" not in entry:
            whole["question"].append((entry, own, number))
            continue
        block, file = _read_block(entry, own, number, folder)
        for group in PARTS:
            whole[group] += [(part, file, n) for n, part in enumerate(block.get(group, []))]
    for group, parts in whole.items():
        if not parts:
            continue
        document[group] = [part for part, _, _ in parts]
        for number, (_, file, there) in enumerate(parts):
            origins.note(group, number, file, there)
    return origins


def _read_block(
    entry: dict[str, Any], own: Written, number: int, folder: Path
) -> tuple[dict[str, Any], Written]:
    name, at = entry["include"], ("question", number, "include")
    if set(entry) != {"include"} or not isinstance(name, str) or not BLOCK_NAME.fullmatch(name):
        raise BadInclude("E204", own, at)
    path = folder / f"{name}.toml"
    try:
        source = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        known = "、".join(sorted(f"blocks/{file.stem}" for file in folder.glob("blocks/*.toml")))
        raise BadInclude("E205", own, at, {"key": name, "near": known}) from None
    file = Written(f"{name}.toml", PositionIndex(source))
    try:
        block = tomllib.loads(source.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as fault:
        raise BadInclude("E206", own, at, {"key": name}, file, str(fault)) from None
    for group, parts in block.items():
        if group not in PARTS or not isinstance(parts, list):
            raise BadInclude("E207", file, (group,), {"key": group})
        for n, part in enumerate(parts):
            if isinstance(part, dict) and "include" in part:
                raise BadInclude("E208", file, (group, n, "include"))
    return block, file
