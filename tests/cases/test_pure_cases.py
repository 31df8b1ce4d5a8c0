"""The rules about cases open nothing: no file, no store, no clock."""

from __future__ import annotations

import subprocess
import sys


def test_the_rules_load_without_sqlite_pydantic_or_textual() -> None:
    program = (
        "import sys, kiosk.cases.states, kiosk.cases.submission, kiosk.cases.views, kiosk.cases.calendar,"
        " kiosk.cases.deadline, kiosk.cases.numbers, kiosk.cases.staff;"
        "unwanted = ('sqlite3', 'sqlcipher3', 'sqlite_utils', 'pydantic', 'textual');"
        "print([name for name in unwanted if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
