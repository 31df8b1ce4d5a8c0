"""Tables of other offices: taken whole or not at all; faults told by line and column, never by value."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue import load_catalogue
from kiosk.records.driver import Away, Found, Nothing, Why
from kiosk.records.keys import name_in_store
from kiosk.records.table import StoredRows, TableDriver
from kiosk.records.table_file import BadTable, ReadTable, read_table
from kiosk.security.keys import person_key
from kiosk.store import Store
from kiosk.store.records import RecordRow
from tests.conftest import StandingClock
from tests.records.conftest import GUIFANG, SHULAN, SOURCES, TABLES, UNKNOWN, of, under
from tests.store.raw import everything

INSURANCE = SOURCES["social-insurance"]
HEADING = "身份证号码,参保类型,累计缴费,最近缴到,最近单位,社保号,个人账户"
HERS = f"{GUIFANG},staff,336,1999-03,示例市第二纺织厂,9900440305029,8643.20"
HIS = f"{SHULAN},resident,195,2011-05,,9900510506039,3105.75"
KEY = b"k" * 32


def table(folder: Path, *lines: str, encoding: str = "utf-8") -> ReadTable | BadTable:
    path = folder / "table.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return read_table(path, INSURANCE)


def faults(read: ReadTable | BadTable) -> list[tuple[int, str, str]]:
    assert isinstance(read, BadTable)
    return [(fault.line, fault.column, fault.code) for fault in read.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_is_read_as_spreadsheets_write_it(encoding: str, mark: str, tmp_path: Path) -> None:
    lines = (line.replace(",", mark) for line in (HEADING, HERS, "", HIS))
    read = table(tmp_path, *lines, encoding=encoding)
    assert isinstance(read, ReadTable)
    assert [row.key.value for row in read.rows] == [GUIFANG, SHULAN]
    assert read.rows[0].row["last_employer"] == "示例市第二纺织厂"
    assert "last_employer" not in read.rows[1].row


def test_columns_that_nobody_asked_for_are_not_kept(tmp_path: Path) -> None:
    read = table(tmp_path, f"姓名,{HEADING}", f"张桂芳,{HERS}")
    assert isinstance(read, ReadTable)
    assert read.ignored == ("姓名",)
    assert "张桂芳" not in read.rows[0].row.values()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([""], (0, "", "empty")),
        ([HEADING], (0, "", "no_rows")),
        ([HEADING, '"' + HERS], (0, "", "quotes")),
        ([HEADING.replace("个人账户", "余额"), HERS], (1, "个人账户", "missing_column")),
        ([HEADING + ",个人账户", HERS + ",1"], (1, "个人账户", "column_twice")),
        ([HEADING, HERS, HIS + ",1"], (3, "", "cells")),
        ([HEADING, HERS, HIS.replace(SHULAN, SHULAN[:-1])], (3, "身份证号码", "not_id_number")),
        ([HEADING, HERS, HIS.replace(SHULAN, "9.90101E+17")], (3, "身份证号码", "spreadsheet")),
        ([HEADING, HERS, HIS.replace(SHULAN, SHULAN[:15] + "000")], (3, "身份证号码", "spreadsheet")),
        ([HEADING, HERS, HIS.replace(SHULAN, "")], (3, "身份证号码", "not_id_number")),
        ([HEADING, HERS, HIS, HERS.replace("336", "337")], (4, "身份证号码", "twice")),
        ([HEADING, HERS.replace("336", "很多")], (2, "累计缴费", "not_number")),
        ([HEADING, HERS.replace("336", "")], (2, "累计缴费", "cell_empty")),
        ([HEADING, HERS.replace("1999-03", "1999-13")], (2, "最近缴到", "not_month")),
        ([HEADING, HERS.replace("8643.20", "8643.205")], (2, "个人账户", "not_money")),
        ([HEADING, HERS.replace("示例市", "长" * 130)], (2, "最近单位", "not_text")),
    ],
)
def test_a_fault_is_told_by_line_and_column(
    lines: list[str], told: tuple[int, str, str], tmp_path: Path
) -> None:
    assert told in faults(table(tmp_path, *lines))
    assert f"table.{told[2]}" in load_catalogue("records")


def test_a_cell_of_two_lines_shifts_no_line_number(tmp_path: Path) -> None:
    two_lines = HIS.replace("2011-05,,", '2011-05,"示例市\n商店",')
    read = table(tmp_path, HEADING, two_lines, HERS.replace("336", "x"))
    assert faults(read) == [(4, "累计缴费", "not_number")]


def test_no_fault_says_what_stood_there(tmp_path: Path) -> None:
    read = table(tmp_path, HEADING, HERS.replace("336", "private words"), HIS.replace(SHULAN, SHULAN[:-1]))
    assert "private words" not in repr(read)
    assert SHULAN[:-1] not in repr(read)
    sound = table(tmp_path, HEADING, HERS)
    assert GUIFANG not in repr(sound)
    assert "8643" not in repr(sound)


def test_fifty_faults_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    read = table(tmp_path, HEADING, *["x,,,,,,"] * 60)
    assert isinstance(read, BadTable)
    assert len(read.faults) == 50
    assert read.more > 0


def test_a_person_may_stand_in_several_rows_where_the_source_says_so(tmp_path: Path) -> None:
    path = tmp_path / "court.csv"
    his = [row for row in TABLES["court-cases"] if row.key.value == SHULAN]
    assert len(his) == 2
    heading = "身份证号码,案号,案由,办到,立案日期"
    line = f"{SHULAN},(2026)示例0001民初072号,rent,judged,2026-04-20"
    path.write_text(f"{heading}\n{line}\n{line}\n", encoding="utf-8")
    assert faults(read_table(path, SOURCES["court-cases"])) == [(3, "身份证号码", "twice")]


@settings(max_examples=150)
@given(st.binary(max_size=200), st.integers(0, 200))
def test_no_file_brings_the_import_down(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int
) -> None:
    path = tmp_path_factory.mktemp("junk") / "table.csv"
    sound = f"{HEADING}\n{HERS}\n{HIS}\n".encode()
    path.write_bytes(sound[:at] + junk + sound[at:])
    assert isinstance(read_table(path, INSURANCE), ReadTable | BadTable)


def imported(store: Store, *lines: str, day: str = "2026-03-09") -> None:
    rows = [row for row in TABLES["social-insurance"] if row.key.value in lines]
    body = '{"insured_as": "staff", "months_paid": "336", "account": "9900440305029", "balance": "8643.20"}'
    kept = (RecordRow(person_key(row.key.value, KEY), body) for row in rows)
    store.replace_record_table("social-insurance", datetime.date.fromisoformat(day), kept)


def driver(store: Store, clock: StandingClock) -> TableDriver:
    def today() -> datetime.date:
        return clock.moment.date()

    return TableDriver(INSURANCE, StoredRows(store, "social-insurance", KEY), today)


def test_an_imported_table_answers_for_the_people_in_it(store: Store, clock: StandingClock) -> None:
    imported(store, GUIFANG)
    found = driver(store, clock).look_up(of(GUIFANG))
    assert isinstance(found, Found)
    assert found.rows[0]["months_paid"] == "336"
    assert found.as_of == datetime.date(2026, 3, 9)
    assert driver(store, clock).look_up(of(UNKNOWN)) == Nothing()


def test_a_new_table_takes_the_place_of_the_whole_old_one(store: Store, clock: StandingClock) -> None:
    imported(store, GUIFANG)
    imported(store, SHULAN, day="2026-03-10")
    assert driver(store, clock).look_up(of(GUIFANG)) == Nothing()
    assert store.record_tables()["social-insurance"].rows == 1


def test_a_table_that_breaks_off_leaves_the_one_before(store: Store, clock: StandingClock) -> None:
    imported(store, GUIFANG)

    def broken() -> object:
        yield RecordRow("a" * 64, "{}")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.replace_record_table("social-insurance", datetime.date(2026, 3, 10), broken())  # type: ignore[arg-type]
    assert isinstance(driver(store, clock).look_up(of(GUIFANG)), Found)


def test_without_a_table_or_with_an_old_one_nothing_is_said_of_anybody(
    store: Store, clock: StandingClock
) -> None:
    assert driver(store, clock).look_up(of(GUIFANG)) == Away(Why.NO_TABLE)
    imported(store, GUIFANG)
    clock.advance(days=39)
    assert isinstance(driver(store, clock).look_up(of(GUIFANG)), Found)
    clock.advance(days=1)
    assert driver(store, clock).look_up(of(GUIFANG)) == Away(Why.OLD_TABLE)


def test_rows_that_fit_the_definition_no_more_are_not_shown(store: Store, clock: StandingClock) -> None:
    row = RecordRow(person_key(GUIFANG, KEY), '{"months_paid": "336"}')
    store.replace_record_table("social-insurance", datetime.date(2026, 3, 9), [row])
    assert driver(store, clock).look_up(of(GUIFANG)) == Away(Why.UNEXPECTED)


def test_the_store_holds_no_identity_number(store: Store, tmp_path: Path) -> None:
    imported(store, GUIFANG)
    store.tidy()
    held = everything(tmp_path / "state")
    assert GUIFANG not in held
    assert "336" in held


def test_a_store_in_trouble_is_an_office_away(store: Store, clock: StandingClock) -> None:
    asked = driver(store, clock)
    store.close()
    assert asked.look_up(of(GUIFANG)) == Away(Why.STORE)


LICENCES = SOURCES["licence-codes"]
LICENCE_HEADING = "核对码,现在,店名,做什么生意,登记号,哪天起"
LICENCE = "李梅小吃店,做饭卖饭,示例登记0417号,2026-04-17"


def licences(folder: Path, *codes: str) -> ReadTable | BadTable:
    path = folder / "licences.csv"
    rows = "".join(f"{code},open,{LICENCE}\n" for code in codes)
    path.write_text(f"{LICENCE_HEADING}\n{rows}", encoding="utf-8")
    return read_table(path, LICENCES)


def test_a_table_may_be_kept_by_code(tmp_path: Path) -> None:
    read = licences(tmp_path, "'9901-2026 0417", "sd9901k7")
    assert isinstance(read, ReadTable)
    assert [row.key for row in read.rows] == [under("990120260417"), under("SD9901K7")]
    assert "SD9901K7" not in repr(read.rows)


def test_codes_that_cannot_be_and_codes_twice_are_told(tmp_path: Path) -> None:
    told = faults(licences(tmp_path, "12345", "9.9E+11", "990120260417", "9901 2026 0417", ""))
    assert told == [
        (2, "核对码", "not_code"),
        (3, "核对码", "spreadsheet"),
        (5, "核对码", "twice_code"),
        (6, "核对码", "not_code"),
    ]


def test_a_code_and_a_number_that_look_alike_have_different_names_in_the_store() -> None:
    """Nor does a name tell the code."""
    assert name_in_store(of(GUIFANG), KEY) != name_in_store(under(GUIFANG), KEY)
    assert name_in_store(under("9901 2026-0417"), KEY) == name_in_store(under("990120260417"), KEY)
    assert "990120260417" not in name_in_store(under("990120260417"), KEY)


def test_what_was_imported_is_found_by_its_code(store: Store, clock: StandingClock, tmp_path: Path) -> None:
    read = licences(tmp_path, "990120260417")
    assert isinstance(read, ReadTable)
    rows = (RecordRow(name_in_store(one.key, KEY), json.dumps(dict(one.row))) for one in read.rows)
    store.replace_record_table(LICENCES.id, clock.moment.date(), rows)
    asked = TableDriver(LICENCES, StoredRows(store, LICENCES.id, KEY), clock.moment.date)
    assert isinstance(asked.look_up(under("990120260417")), Found)
    assert asked.look_up(under("990120260418")) == Nothing()
