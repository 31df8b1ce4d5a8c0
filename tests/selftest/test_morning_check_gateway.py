"""The morning check says whether the gateway for messages answers, and what to do where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.cli._messages import messenger_for
from kiosk.config import ConfigFault, Gateway, Settings, load_settings
from kiosk.gateway.secret import FILE_NAME
from kiosk.selftest.finding import Finding, State
from kiosk.selftest.gateway import gateway
from tests.gateway.ringing import Mood, RingingGateway

SITE = '[site]\nname = { zh = "某中心", en = "A centre" }\nphone = "000-1"\n'


def put_secret(folder: Path, mode: int = 0o600) -> None:
    file = folder / FILE_NAME
    file.write_text("s3cret", encoding="ascii")
    file.chmod(mode)


def looked(url: str, folder: Path) -> Finding:
    (found,) = gateway(Gateway(url, 4), folder)
    return found


def settings(folder: Path, url: str) -> Settings:
    file = folder / "my.toml"
    file.write_text(f'{SITE}[gateway]\nurl = "{url}"\n', encoding="utf-8")
    return load_settings(file)


def test_without_a_gateway_nothing_is_said_of_it(tmp_path: Path) -> None:
    assert gateway(Gateway(), tmp_path) == []
    assert messenger_for(load_settings(), tmp_path, dict) is None


def test_one_that_answers_is_good_and_no_telephone_rings(tmp_path: Path) -> None:
    with RingingGateway() as ringing:
        assert looked(ringing.url, tmp_path).state is State.GOOD
        assert messenger_for(settings(tmp_path, ringing.url), tmp_path, dict) is not None
    assert ringing.asked == []


def test_one_that_does_not_know_us_and_one_that_is_not_there_are_told_apart(tmp_path: Path) -> None:
    with RingingGateway(Mood.STRANGER) as ringing:
        stranger = looked(ringing.url, tmp_path)
    gone = looked(ringing.url, tmp_path)
    assert stranger.state is gone.state is State.BAD
    assert "口令" in stranger.words.show("zh") and "没有回应" in gone.words.show("zh")


def test_a_secret_that_others_can_read_is_told_and_no_message_goes_out(tmp_path: Path) -> None:
    put_secret(tmp_path, 0o644)
    with RingingGateway() as ringing:
        found = looked(ringing.url, tmp_path)
        assert messenger_for(settings(tmp_path, ringing.url), tmp_path, dict) is None
    assert found.state is State.BAD
    assert FILE_NAME in found.words.show("zh") and "s3cret" not in repr(found)


@pytest.mark.parametrize(
    "url", ["http://sms.example.invalid/", "sms", "https://me:word@sms.example.invalid/"]
)
def test_an_address_that_numbers_must_not_go_to_is_refused_at_the_start_with_its_line(
    tmp_path: Path, url: str
) -> None:
    with pytest.raises(ConfigFault, match=r"my\.toml:5 gateway\.url"):
        settings(tmp_path, url)
