"""The page at rest. Light on purpose: it is on the screen before anything else is loaded."""

from __future__ import annotations

from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.text import LANGUAGES, Catalogue, Text


def threshold(texts: Catalogue, centre: Text, *, card_left: bool, demo: bool) -> Page:
    """Which language? A card may be laid at once."""
    return Page(
        id="language",
        kind=PageKind.CHOICE,
        heading=texts["language.heading"],
        body=(texts["language.body"],),
        choices=tuple(Choice(code, texts[f"language.{code}"], Role.GO) for code in LANGUAGES),
        error=texts["card.take_card_first"] if card_left else None,
        banner=texts.text("common.demo", banner=centre) if demo else centre,
        help=(texts["language.help"],),
        back=False,
    )
