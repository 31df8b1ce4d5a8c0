"""What was published for this box: is it in use and whole, and was something not taken?"""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from kiosk.config import Services
from kiosk.editions.edition import Kind, Why
from kiosk.editions.keeping import Damaged, Editions, Left
from kiosk.selftest.finding import Finding, State, finding
from kiosk.services.load import load_shelf


def editions(kinds: Sequence[Editions], own: Services, zone: ZoneInfo) -> list[Finding]:
    """Nothing where this box knows no publisher."""
    return [found for one in kinds for found in _of(one, own, zone)]


def _of(kept: Editions, own: Services, zone: ZoneInfo) -> list[Finding]:
    part = f"published_{kept.kind}"
    try:
        standing = kept.standing()
    except Damaged:
        return [finding(part, State.BAD, "edition.damaged")]
    if standing.current is None:
        found = [finding(part, State.GOOD, "edition.none")]
    elif not kept.whole():
        found = [finding(part, State.BAD, "edition.damaged")]
    else:
        made_at = standing.current.made_at.astimezone(zone)
        found = [finding(part, State.GOOD, "edition.good", at=f"{made_at:%Y-%m-%d %H:%M}")]
    if standing.left is not None:
        found.append(_left(part, kept.kind, standing.left))
    return found + _own(part, kept, own)


def _left(part: str, kind: Kind, left: Left) -> Finding:
    if left.why is Why.UNSOUND:
        return finding(part, State.LOOK, "edition.unsound", names=", ".join(left.files))
    if left.why is Why.BY_HAND:
        return finding(part, State.LOOK, "edition.by_hand", kind=kind)
    return finding(part, State.LOOK, f"edition.{left.why}")


def _own(part: str, kept: Editions, own: Services) -> list[Finding]:
    """The site's own services that are published under the same id: those of the site are not used."""
    folder = kept.folder()
    if kept.kind is not Kind.SERVICES or folder is None or not own.folder:
        return []
    both = sorted(load_shelf(folder).services.keys() & load_shelf(own.path()).services.keys())
    return [finding(part, State.LOOK, "edition.stands_back", names=", ".join(both))] if both else []
