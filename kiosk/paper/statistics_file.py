"""Statistics as a file for spreadsheets: one count a line, nothing in it leads to a person."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from kiosk.cases.counts import Statistics
from kiosk.cases.small_cells import FEWEST

HEAD = ("from", "to", "table", "service", "of", "count")
TOO_FEW = f"<{FEWEST}"
"""Where the number would point at somebody, or where there is nothing to say."""
_FORMULA = ("=", "+", "-", "@", "\t")


def rows(told: Statistics, titles: Mapping[str, str]) -> Iterator[tuple[str, str, str, object]]:
    """Table, service, what it is of, and the count."""
    yield from (
        ("handed_in", "", "", told.handed_in),
        ("handed_in", "", "alone", told.alone),
        ("handed_in", "", "with_helper", told.helped),
        ("decided", "", "", told.decided),
        ("decided", "", "workdays_median", told.median),
        ("decided", "", "workdays_90th", told.ninetieth),
        ("decided", "", "late_percent", told.late),
        ("decided", "", "returned_for_missing_percent", told.asked),
    )
    step = "month" if told.by_month else "week"
    yield from ((f"handed_in_by_{step}", "", day.isoformat(), n) for day, n in told.in_steps.items())
    yield from (("open_by_state", "", state.value, times) for state, times in told.states.items())
    for one in told.services:
        title = titles.get(one.service_id, one.service_id)
        counts = (one.handed_in, one.open, one.decided, one.refused, one.withdrawn)
        names = ("handed_in", "open", "decided", "refused", "withdrawn")
        yield from (("services", title, name, n) for name, n in zip(names, counts, strict=True))
    yield from (("ratings", "", f"level_{level}", times) for level, times in told.levels.items())
    for month in told.rated:
        title, of = titles.get(month.service_id, month.service_id), f"{month.month:%Y-%m}"
        yield "ratings_by_month", title, of, month.times
        yield "content_percent_by_month", title, of, month.content


def as_csv(told: Statistics, titles: Mapping[str, str]) -> bytes:
    """UTF-8 with a mark at its beginning, without which spreadsheets take Chinese for something else."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEAD)
    span = told.first.isoformat(), told.last.isoformat()
    for table, service, of, count in rows(told, titles):
        writer.writerow((*span, table, _harmless(service), of, TOO_FEW if count is None else count))
    return out.getvalue().encode("utf-8-sig")


def write_csv(folder: Path, told: Statistics, titles: Mapping[str, str]) -> Path:
    """A new file in that folder; one that is there is never written over. Raises OSError."""
    named = f"bangban-{told.first.isoformat()}-{told.last.isoformat()}"
    content = as_csv(told, titles)
    for place in range(1, 100):
        path = folder / f"{named}{'' if place == 1 else f'-{place}'}.csv"
        try:
            with path.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:
            continue
        return path
    raise FileExistsError(named)


def _harmless(title: str) -> str:
    """A spreadsheet takes a cell that begins so for a formula."""
    return f"'{title}" if title.startswith(_FORMULA) else title
