"""Files of record sources: the shipped ones are sound, and every slip is told where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue import load_catalogue
from kiosk.paths import data_file
from kiosk.records.definition import RecordSource, SourceKind
from kiosk.records.load import load_source, load_sources, safe_address

INCOME_TAX = data_file("records/income-tax.toml").read_text(encoding="utf-8")
PENSION = data_file("records/pension.toml").read_text(encoding="utf-8")


def test_every_shipped_source_is_sound_and_each_kind_is_among_them() -> None:
    loaded = load_sources(data_file("records"))
    assert [problem.show("en") for problem in loaded.problems] == []
    assert {source.kind for source in loaded.sources.values()} == set(SourceKind)


def test_nobody_is_asked_before_a_site_has_named_its_office() -> None:
    """No shipped source leads out of the box."""
    sources = load_sources(data_file("records")).sources
    assert [s.id for s in sources.values() if s.http is not None and s.http.url] == []
    assert not sources["income-tax"].connected


SLIPS = [
    (INCOME_TAX, 'kind      = "http"', "kind      = http", "R101", "kind      = http"),
    (INCOME_TAX, "timeout_seconds", "timeout_second", "R201", "timeout_second "),
    (INCOME_TAX, 'title.zh  = "个人所得税记录"\n', "", "R202", "title.en"),
    (INCOME_TAX, "tries           = 2", "tries           = 20", "R203", "tries"),
    (INCOME_TAX, 'kind      = "http"', 'kind      = "https"', "R203", "kind"),
    (INCOME_TAX, 'name     = "tax_paid"', 'name     = "income"', "R301", 'name     = "income"'),
    (INCOME_TAX, 'url             = ""', 'url             = "http://tax.example/q"', "R302", "url"),
    (INCOME_TAX, 'url             = ""', 'url             = "https://tax.example/q?id="', "R302", "url"),
    (INCOME_TAX, "most_rows = 2", 'most_rows = 2\ntable = { max_age_days = 3 }', "R304", "table"),
    (INCOME_TAX, 'kind      = "http"', 'kind      = "table"', "R303", "kind"),
    (INCOME_TAX, 'kind      = "http"', 'kind      = "staff"', "R305", "[[field]]"),
    (INCOME_TAX, "tries           = 2", 'client_cert = "kiosk.pem"', "R306", "client_cert"),
    (INCOME_TAX, "tries           = 2", 'ca = "../somewhere.pem"', "R307", "ca"),
    (PENSION, "max_age_days = 40", "max_age_days = 0", "R203", "max_age_days"),
    (PENSION, 'privacy  = "private"', 'privacy  = "secret"', "R203", "privacy"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "right", "wrong", "code", "line"), SLIPS)
def test_a_slip_is_told_at_its_line(
    file: str, right: str, wrong: str, code: str, line: str, tmp_path: Path
) -> None:
    assert right in file
    path = tmp_path / "slip.toml"
    path.write_text(file.replace(right, wrong, 1), encoding="utf-8")
    problems = load_source(path)
    assert not isinstance(problems, RecordSource)
    told = {problem.code: problem for problem in problems}
    assert code in told
    assert line in told[code].source
    for language in ("zh", "en"):
        assert told[code].show(language).startswith(f"slip.toml:{told[code].line}:")


def test_a_misspelt_key_is_told_with_the_right_one(tmp_path: Path) -> None:
    path = tmp_path / "slip.toml"
    path.write_text(PENSION.replace("optional", "optinal", 1), encoding="utf-8")
    problems = load_source(path)
    assert not isinstance(problems, RecordSource)
    assert "optional" in problems[0].fix.show("en")


def test_a_file_that_is_no_text_and_one_that_is_there_twice_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(PENSION, encoding="utf-8")
    (tmp_path / "b.toml").write_text(PENSION, encoding="utf-8")
    (tmp_path / "c.toml").write_bytes(b"\xff\xfe\x00")
    loaded = load_sources(tmp_path)
    assert list(loaded.sources) == ["pension"]
    assert [(problem.file, problem.code) for problem in loaded.problems] == [
        ("b.toml", "R301"),
        ("c.toml", "R102"),
    ]


def test_every_code_has_its_words() -> None:
    texts = load_catalogue("records")
    told = {code for *_, code, _ in SLIPS} | {"R102"}
    assert {key.split(".")[1][:4] for key in texts if key.startswith("fault.")} == told


@settings(max_examples=150)
@given(st.data())
def test_no_file_brings_the_kiosk_down(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from([INCOME_TAX, PENSION])).split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    other = data.draw(
        st.sampled_from([*lines, "[", '"', "a = 1", "http = 3", "[http.url]", "[[field.label]]"])
    )
    path = tmp_path_factory.mktemp("mutated") / "mutated.toml"
    path.write_text("\n".join([*lines[:at], other, *lines[at + 1 :]]), encoding="utf-8")
    outcome = load_source(path)
    if not isinstance(outcome, RecordSource):
        assert all(1 <= problem.line <= len(lines) + 1 for problem in outcome)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://tax.example/records", True),
        ("https://tax.example:8443/records", True),
        ("http://127.0.0.1:8000/records", True),
        ("http://[::1]/records", True),
        ("http://localhost/records", True),
        ("http://localhost.example/records", False),
        ("http://10.0.0.5/records", False),
        ("https://user:secret@tax.example/records", False),
        ("https://tax.example/records#990101", False),
        ("https://tax.example:port/records", False),
        ("ftp://tax.example/records", False),
        ("tax.example", False),
    ],
)
def test_numbers_travel_only_where_nobody_can_read_them(url: str, safe: bool) -> None:
    assert safe_address(url) is safe
