"""`[hub]` in kiosk.toml: whether a box stands alone, and how it comes in where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import ConfigFault, Settings, load_settings

SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'
PAPERS = f'certificate = "a.crt"\nkey = "a.key"\nauthority = "hub.crt"\nreceipt_key = "{"0f" * 32}"\n'


def with_hub(folder: Path, words: str) -> Settings:
    path = folder / "my.toml"
    path.write_text(f"{SITE}[hub]\n{words}", encoding="utf-8")
    return load_settings(path)


def test_a_box_stands_alone_unless_it_is_told_otherwise() -> None:
    assert not load_settings().hub.there


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://bb_kiosk_east_1@hub.example/bangban",
        "postgresql:///bangban?host=/run/postgresql",
        "postgresql://bb_desk_east@one.example:5432,two.example:5433/bangban?target_session_attrs=read-write",
    ],
)
def test_the_hubs_database_is_an_address_without_a_password(address: str, tmp_path: Path) -> None:
    hub = with_hub(tmp_path, f'address = "{address}"\npassword_file = "hub.pass"\n').hub
    assert hub.there and not hub.over_https


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://bb_kiosk:secret@hub.example/bangban",
        "postgresql://bb_kiosk@hub.example/bangban?password=secret",
        "https://me:secret@hub.example",
        "http://hub.example",
        "hub.example",
        "https://",
        "https://one.example,two.example",
        "postgresql://hub.example:99999/x",
    ],
)
def test_an_address_with_a_password_or_in_the_open_is_refused_and_not_repeated(
    address: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigFault, match=r"my\.toml:5 hub\.address") as refused:
        with_hub(tmp_path, f'address = "{address}"\n{PAPERS}')
    assert "secret" not in str(refused.value)


def test_over_https_a_box_shows_a_certificate_and_knows_the_hub_by_its_own(tmp_path: Path) -> None:
    assert with_hub(tmp_path, f'address = "https://hub.example"\n{PAPERS}').hub.over_https
    for missing in PAPERS.splitlines(keepends=True):
        with pytest.raises(ConfigFault, match=r"my\.toml:\d+ hub\."):
            with_hub(tmp_path, f'address = "https://hub.example"\n{PAPERS.replace(missing, "")}')


def test_a_key_for_receipts_is_64_digits(tmp_path: Path) -> None:
    with pytest.raises(ConfigFault, match=r"hub\.receipt_key: is 64 hexadecimal digits"):
        with_hub(tmp_path, 'address = "https://hub.example"\n' + PAPERS.replace("0f0f", "0f"))
