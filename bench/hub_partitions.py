"""A hub whose table of cases is cut into sixteen by centre, beside one whose is not.

    .venv/bin/python -m bench.hub_partitions        # about two minutes; --json, --many, --runs

Two hubs with a million open cases over a thousand centres, in turns. In one of them `office.cases` is
partitioned by hash of the centre, as its keys, which all begin with the centre, allow; row-level security,
rights and references to it are laid on the whole. The desk's own statements run on both. The shipped schema
is not partitioned.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from functools import partial

import psycopg

from bench.hub_ground import Figure, Ground, fill, ground, in_turns, load, median
from bench.hub_size import ACTS, FEW
from kiosk.hub.store import HubStore
from tests.hub.hubs import Hub

PARTS = 16
CUT = """
CREATE TABLE office.cut (LIKE office.cases INCLUDING ALL) PARTITION BY HASH (centre);
DO $$
DECLARE
    one record;
BEGIN
    FOR part IN 0..%(last)s LOOP
        EXECUTE format('CREATE TABLE office.cut_%%s PARTITION OF office.cut'
                       ' FOR VALUES WITH (MODULUS %(parts)s, REMAINDER %%s)', part, part);
    END LOOP;
    INSERT INTO office.cut SELECT * FROM office.cases;
    CREATE TEMPORARY TABLE referring AS
        SELECT conrelid::regclass::text AS whose, conname, pg_get_constraintdef(oid) AS words
          FROM pg_constraint WHERE confrelid = 'office.cases'::regclass;
    FOR one IN SELECT * FROM referring LOOP
        EXECUTE format('ALTER TABLE %%s DROP CONSTRAINT %%I', one.whose, one.conname);
    END LOOP;
    DROP TABLE office.cases CASCADE;
    ALTER TABLE office.cut RENAME TO cases;
    FOR one IN SELECT * FROM referring LOOP
        EXECUTE format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', one.whose, one.conname, one.words);
    END LOOP;
END $$;
ALTER TABLE office.cases ENABLE ROW LEVEL SECURITY;
ALTER TABLE office.cases FORCE ROW LEVEL SECURITY;
CREATE POLICY own_centre ON office.cases USING (centre = (SELECT hub.my_centre()))
    WITH CHECK (centre = (SELECT hub.my_centre()));
CREATE POLICY district_counts ON office.cases FOR SELECT TO bb_owner USING ((SELECT hub.counts_only()));
ALTER TABLE office.cases OWNER TO bb_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON office.cases TO bb_desks;
"""


def desk_of(floor: Ground, name: str, many: int, *, cut: bool) -> tuple[Hub, HubStore]:
    hub = floor.hub(name)
    names = [f"{name}_{n}" for n in range(max(2, many // FEW))]
    addresses = [hub.centre(one) for one in names[:2]]
    with hub.owner() as owner:
        others = [(one,) for one in names[2:]]
        owner.cursor().executemany("INSERT INTO hub.centre (centre) VALUES (%s)", others)
    for address, whose in zip(addresses, names, strict=False):
        floor.desk(address, f"{whose} first")
    with hub.owner() as owner:
        fill(owner, names, many)
        if cut:
            owner.execute(CUT % {"last": PARTS - 1, "parts": PARTS})
            owner.execute("VACUUM (ANALYZE) office.cases")
    return hub, floor.desks[-2]


def walls(hub: Hub) -> bool:
    """Does a desk see its own centre's cases, of all parts, and nothing of a part by itself?"""
    with hub.owner() as owner:
        owner.execute("SET SESSION AUTHORIZATION bb_desk_cut_0")
        (seen,) = owner.execute("SELECT array_agg(DISTINCT centre) FROM office.cases").fetchall()
        try:
            owner.execute("SELECT 1 FROM office.cut_0 LIMIT 1").fetchall()
        except psycopg.errors.InsufficientPrivilege:
            return bool(seen[0] == ["cut_0"])
    return False


def measure(floor: Ground, many: int, runs: int) -> list[Figure]:
    _, whole = desk_of(floor, "whole", many, cut=False)
    hub, cut = desk_of(floor, "cut", many, cut=True)
    figures = [Figure("walls between centres hold (1: yes)", float(walls(hub)), "", 1.0, at_least=True)]
    for what, act in ACTS.items():
        times = in_turns({"whole": partial(act, whole), "cut": partial(act, cut)}, runs)
        figures.append(Figure(f"{what}: whole", median(times["whole"]), "ms"))
        figures.append(
            Figure(f"{what}: cut, times the whole", median(times["cut"]) / median(times["whole"]), "")
        )
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=41)
    given = parser.parse_args()
    with ground("max_locks_per_transaction = 256\n") as floor:
        figures = measure(floor, given.many, given.runs)
    for figure in figures:
        print(json.dumps({**asdict(figure), "kept": figure.kept}) if given.json else figure)
    if not given.json:
        print(load())
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    raise SystemExit(main())
