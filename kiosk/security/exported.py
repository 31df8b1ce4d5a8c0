"""What two persons take out, as one closed file: each case in it carries their names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import tzinfo

from kiosk.cases.plain import marked
from kiosk.cases.two_persons import Confirmed
from kiosk.cases.views import CaseView
from kiosk.security.export_file import Head, closed


def exported(both: Confirmed, cases: Sequence[CaseView], centre: str, zone: tzinfo) -> tuple[bytes, str]:
    """The file and its code."""
    at = f"{both.asked.at.astimezone(zone):%Y-%m-%d %H:%M}"
    head = Head(at, centre, both.asked.by.name, both.second.name, len(cases))
    mark = {"at": head.at, "by": head.by, "confirmed_by": head.confirmed_by}
    return closed(head, json.dumps(marked(cases, mark), ensure_ascii=False))
