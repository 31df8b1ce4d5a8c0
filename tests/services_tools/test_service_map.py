"""The map of a service says in words what its file says in TOML, for all that ships, in both languages."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from kiosk.catalogue import load_catalogue
from kiosk.cli import main
from kiosk.paths import data_file
from kiosk.services.load import load_shelf, service_files
from kiosk.services.map import Mark, condition_words, outline
from kiosk.services.map_picture import picture
from kiosk.services.model import Service
from kiosk.text import LANGUAGES

TEXTS = load_catalogue("author")
FILES = service_files(data_file("services"))
SERVICES = dict(load_shelf(data_file("services")).services)


def test_a_condition_is_read_back_in_the_words_of_the_questions() -> None:
    allowance = SERVICES["elderly-allowance"]
    asked_if = allowance.find_question("bank_card").ask_if
    assert asked_if is not None
    words = condition_words(asked_if, allowance, TEXTS)
    assert words.show("zh") == "「打到」是「本人银行卡」"
    assert words.show("en") == "“Paid to” is “Own bank card”"
    paid = condition_words(allowance.guide.amount[0].when, allowance, TEXTS)
    assert paid.show("zh") == "「从出生日期到今天满几年」在 80 到 89 之间"


def test_joined_conditions_say_how_they_are_joined() -> None:
    permit = SERVICES["residence-permit-renewal"]
    words = condition_words(permit.staff_note[1].when, permit, TEXTS).show("zh")
    assert "是「女」，并且" in words and "，或者" in words


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_every_question_stop_consent_and_paper_is_on_the_map(service: Service) -> None:
    lines = outline(service, TEXTS)
    counted = {mark: sum(line.mark is mark for line in lines) for mark in Mark}
    assert counted[Mark.QUESTION] == len(service.question)
    assert counted[Mark.STOP] + counted[Mark.GOOD_END] == len(service.stop)
    assert counted[Mark.CONSENT] == len(service.consent)
    assert counted[Mark.MATERIAL] == len(service.material)
    for language in LANGUAGES:
        assert all(line.words.show(language) for line in lines)


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_the_picture_is_sound_and_holds_every_question(service: Service) -> None:
    drawn = picture(outline(service, TEXTS), service.title.text().show("zh"), "zh")
    root = ElementTree.fromstring(drawn)
    told = "".join("".join(part.itertext()) for part in root.iter("{http://www.w3.org/2000/svg}text"))
    for question in service.question:
        assert question.ask.zh in told
    assert drawn.count("://") == 1


def test_the_command_draws_the_picture_where_it_is_told(tmp_path: Path) -> None:
    target = tmp_path / "map.svg"
    done = CliRunner().invoke(main, ["service", "map", str(FILES[0]), "--picture", str(target)])
    assert done.exit_code == 0
    assert target.read_text(encoding="utf-8").startswith("<svg")
