"""`script/hanzi-tables`: makes the tables; with --check says which are stale, and changes nothing."""

from __future__ import annotations

import argparse

from kiosk.paths import data_file
from tables import TABLES, is_stale, made


def main() -> None:
    asked = argparse.ArgumentParser(prog="script/hanzi-tables", description=__doc__)
    asked.add_argument("names", nargs="*", choices=[[], *TABLES], help="all of them when none is named")
    asked.add_argument("--check", action="store_true", help="change nothing; exit code 1 if one is stale")
    how = asked.parse_args()
    stale = [name for name in how.names or TABLES if is_stale(name)]
    for name in stale:
        if not how.check:
            data_file(name).parent.mkdir(exist_ok=True)
            data_file(name).write_bytes(made(name))
        print(name, "is stale" if how.check else "was written")
    if how.check and stale:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
