"""How far what was published has come, as `kiosk hub status` tells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kiosk.hub.publishing import AtKiosk, Published
    from kiosk.text import Text


def not_taken(editions: Sequence[Published]) -> bool:
    """Did a kiosk look at something and leave it as it was?"""
    return any(at.refused for one in editions for at in one.kiosks)


def tell_published(editions: Sequence[Published], zone: ZoneInfo, lang: str) -> None:
    """A line for each kind, and one for each kiosk that did not take it or never asked."""
    from kiosk.catalogue import load_catalogue

    texts = load_catalogue("box")
    colon = "：" if lang == "zh" else ": "
    for one in editions:
        what, have = texts[f"part.published_{one.kind}"].show(lang), sum(at.has for at in one.kiosks)
        reached = texts.text(
            "edition.reached",
            at=f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}",
            have=have,
            count=len(one.kiosks),
        )
        click.echo(f"{what}{colon}{reached.show(lang)}")
        for at in one.kiosks:
            if at.refused or not at.asked:
                click.echo(f"    {at.centre}  {at.kiosk}  {_why(at).show(lang)}")


def _why(at: AtKiosk) -> Text:
    from kiosk.catalogue import load_catalogue
    from kiosk.editions.edition import Why

    texts = load_catalogue("box")
    if not at.asked:
        return texts["edition.not_asked"]
    return texts[f"edition.at_{at.refused}" if at.refused in set(Why) else "edition.at_other"]
