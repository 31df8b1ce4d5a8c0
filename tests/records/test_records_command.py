"""`kiosk records`: tables in, the standing of every source out, and nothing personal on the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.paths import data_file, shipped_config
from kiosk.records.reference_server import ReferenceServer
from tests.records.conftest import GUIFANG, TABLES, Certificates

PENSION = data_file("demo/records/pension.csv")


def kiosk(folder: Path, *words: str, config: Path | None = None) -> Result:
    where = ["--config", str(config)] if config else []
    return CliRunner().invoke(main, ["--data", str(folder), *where, "records", *words])


def standing(result: Result) -> dict[str, dict[str, object]]:
    return {one["source"]: one for one in json.loads(result.stdout)}


def test_a_table_is_imported_and_listed(tmp_path: Path) -> None:
    done = kiosk(tmp_path, "import", "pension", str(PENSION), "--lang", "en")
    assert done.exit_code == 0
    assert done.output.startswith("pension: 3 rows, as of ")
    listed = standing(kiosk(tmp_path, "list", "--json"))
    assert (listed["pension"]["rows"], listed["pension"]["days"]) == (3, 0)
    assert listed["pension"]["well"] is True
    assert listed["social-insurance"]["standing"] == "no_table"
    assert listed["housing"]["standing"] == "by_staff"
    assert listed["income-tax"]["standing"] == "not_connected"


def test_importing_again_is_a_new_table(tmp_path: Path) -> None:
    for _ in range(2):
        assert kiosk(tmp_path, "import", "pension", str(PENSION)).exit_code == 0
    assert standing(kiosk(tmp_path, "list", "--json"))["pension"]["rows"] == 3


def test_a_file_with_a_fault_changes_nothing_and_is_told_by_line(tmp_path: Path) -> None:
    kiosk(tmp_path, "import", "pension", str(PENSION))
    bad = tmp_path / "bad.csv"
    bad.write_text(PENSION.read_text(encoding="utf-8").replace("1320.00", "thirteen"), encoding="utf-8")
    result = kiosk(tmp_path, "import", "pension", str(bad))
    assert result.exit_code == 1
    assert "bad.csv:3 每月金额 不是金额" in result.stderr
    assert "一行也没有收" in result.stderr
    assert "thirteen" not in result.output
    assert standing(kiosk(tmp_path, "list", "--json"))["pension"]["rows"] == 3
    told = json.loads(kiosk(tmp_path, "import", "pension", str(bad), "--json").stdout)
    assert told["imported"] is False
    assert told["faults"][0]["line"] == 3


def test_nothing_personal_is_printed_or_kept(tmp_path: Path) -> None:
    result = kiosk(tmp_path, "import", "pension", str(PENSION), "--json")
    assert GUIFANG not in result.output
    assert GUIFANG.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("import", "housing", str(PENSION)), "no source with a table"),
        (("import", "nothing", str(PENSION)), "social-insurance"),
        (("import", "pension", str(PENSION), "--as-of", "2999-01-01"), "a day to come"),
    ],
)
def test_wrong_use_is_told(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    result = kiosk(tmp_path, *words)
    assert result.exit_code == 2
    assert told in result.stderr


def test_an_old_table_is_not_well(tmp_path: Path) -> None:
    kiosk(tmp_path, "import", "pension", str(PENSION), "--as-of", "2025-01-31")
    result = kiosk(tmp_path, "check", "--offline", "--lang", "en")
    assert result.exit_code == 1
    assert "too old to be shown" in result.output


def site(folder: Path, http: str) -> Path:
    """A settings file with one source, an office's service."""
    sources = folder / "records"
    sources.mkdir()
    source = data_file("records/income-tax.toml").read_text(encoding="utf-8")
    connected = source.replace('url             = ""', http)
    (sources / "income-tax.toml").write_text(connected, encoding="utf-8")
    config = folder / "kiosk.toml"
    head, _, _ = shipped_config().read_text(encoding="utf-8").partition("[records]")
    config.write_text(f'{head}[records]\nfolder = "{sources}"\n', encoding="utf-8")
    return config


def test_a_fault_in_a_source_is_told_by_line(tmp_path: Path) -> None:
    config = site(tmp_path, 'url = "http://tax.example/records"')
    result = kiosk(tmp_path, "check", "--offline", config=config)
    assert result.exit_code == 1
    assert "income-tax.toml:15:1 R302" in result.stderr


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ('ca = "office-ca.pem"\nclient_cert = "kiosk.pem"\nclient_key = "kiosk.key"', "answers"),
        ('ca = "office-ca.pem"\nclient_cert = "stranger.pem"\nclient_key = "stranger.key"', "not_trusted"),
        ('ca = "stranger-ca.pem"', "not_trusted"),
        ('ca = "missing.pem"', "no_certificate"),
    ],
)
def test_whether_an_office_answers_is_seen_without_asking_for_anybody(
    files: str, code: str, tmp_path: Path, certificates: Certificates
) -> None:
    with ReferenceServer(TABLES, context=certificates.office) as server:
        config = site(tmp_path, f'url = "{server.url}"\n{files}')
        for path in certificates.folder.iterdir():
            (tmp_path / path.name).write_bytes(path.read_bytes())
        result = kiosk(tmp_path, "check", "--json", config=config)
        assert standing(result)["income-tax"]["standing"] == code
        assert result.exit_code == (0 if code == "answers" else 1)
        assert server.asked == 0


def test_an_office_that_is_gone_is_told(tmp_path: Path) -> None:
    with ReferenceServer(TABLES) as server:
        url = server.url
    result = kiosk(tmp_path, "check", "--json", config=site(tmp_path, f'url = "{url}"'))
    assert standing(result)["income-tax"]["standing"] == "no_answer"
