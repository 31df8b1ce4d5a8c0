"""`kiosk service check` of services: the whole look-over of the shipped ones, and of more and more of them.

    .venv/bin/python -m bench.check [--json]

Every file is read, its blocks put in, every rule asked, every way walked and every story run, as for an
author. Beside it what the kiosk does with the same files when it starts. The limit is 2 s for all that are
shipped. Processor time: what else the machine does is not in it. bench/README.md says how to read it.
"""

from __future__ import annotations

import argparse
import datetime
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.paths import data_file
from kiosk.services.load import load_service, look_over, service_files

TODAY = datetime.date(2026, 11, 2)
LIMIT_SECONDS = 2.0
TIMES_AS_MANY = (1, 2, 4)
LINEAR = 1.3
"""A service may cost so many times as much in the largest folder as in the smallest."""


@dataclass(frozen=True)
class Row:
    """So many services, in one folder."""

    services: int
    check_seconds: float
    start_seconds: float

    @property
    def of_limit(self) -> float:
        """The check's share of the limit, which is for the shipped services."""
        return self.check_seconds / LIMIT_SECONDS

    @property
    def ms_a_service(self) -> float:
        """The check's milliseconds for each service."""
        return 1000 * self.check_seconds / self.services


def row(folder: Path, runs: int) -> Row:
    """Medians over all files of a folder."""
    files = service_files(folder)
    checked = seconds(lambda: [look_over(path, TODAY) for path in files], runs)
    started = seconds(lambda: [load_service(path) for path in files], runs)
    return Row(len(files), checked, started)


def seconds(work: Callable[[], object], runs: int) -> float:
    """Processor seconds of one time, in the middle of several."""
    times = []
    for _ in range(runs):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times)


def copies(shipped: Path, folder: Path, times: int) -> Path:
    """The shipped services so many times over, each under a name of its own, with their blocks."""
    shutil.copytree(shipped / "blocks", folder / "blocks")
    for path in service_files(shipped):
        for number in range(times):
            shutil.copy(path, folder / f"{path.stem}-{number}.toml")
    return folder


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=3, help="runs of each (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    shipped = data_file("services")
    seconds(lambda: [look_over(path, TODAY) for path in service_files(shipped)], 1)
    rows = []
    for times in TIMES_AS_MANY:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(row(copies(shipped, Path(folder), times), options.runs))
    growth = rows[-1].ms_a_service / rows[0].ms_a_service
    for one in rows:
        told = {**asdict(one), "of_limit": one.of_limit, "ms_a_service": one.ms_a_service}
        print(json.dumps(told) if options.json else line(one))
    if not options.json:
        print(
            f"a service in the largest folder costs {growth:.2f} times one in the smallest (limit {LINEAR})"
        )
    return 0 if rows[0].of_limit <= 1 and growth <= LINEAR else 1


def line(one: Row) -> str:
    """One row for people."""
    shipped = f", {one.of_limit:.2f} of the limit of {LIMIT_SECONDS:.0f} s"
    return (
        f"{one.services:4} services: check {one.check_seconds:.2f} s{shipped}, "
        f"{one.ms_a_service:.0f} ms a service; at a start {one.start_seconds:.2f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
