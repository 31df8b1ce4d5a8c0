"""The preview shows every screen of a service as the kiosk draws it, and its papers, and names no host."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from kiosk.catalogue import load_catalogue
from kiosk.cli import main
from kiosk.flow.document import Drawn
from kiosk.flow.pages.now import page_of
from kiosk.flow.path import Answer, find_path
from kiosk.flow.sitting import Sitting, World
from kiosk.flow.source import Source
from kiosk.paper.plain import plain_text
from kiosk.paths import data_file
from kiosk.services.check.logic import PRINT_BLOCKS
from kiosk.services.form_paper import COLUMNS, form_paper
from kiosk.services.load import load_service, service_files
from kiosk.services.model import Service
from kiosk.services.paths import survey
from kiosk.services.preview import finished, ways
from kiosk.services.question import FieldKind
from kiosk.services.regions import load_regions
from kiosk.text import same

FILES = service_files(data_file("services"))
EVERY_KIND = Path(__file__).parents[1] / "flow" / "every_kind.toml"
STALL = Path(__file__).parents[1] / "services" / "stalls" / "small.toml"
TODAY = datetime.date(2026, 11, 2)
every_service = pytest.mark.parametrize("file", [*FILES, EVERY_KIND], ids=lambda file: file.stem)


def read(file: Path) -> Service:
    service = load_service(file)
    assert isinstance(service, Service), service
    return service


def world_with(service: Service) -> World:
    regions = load_regions(data_file("regions") / "sample.toml")
    texts = load_catalogue("resident")
    return World({service.id: service}, texts, TODAY, same("中心"), "000-12345", regions=regions)


def preview(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["service", "preview", *map(str, words), "--date", "2026-11-02"])


@every_service
def test_every_question_item_consent_and_stop_has_its_screen(file: Path) -> None:
    service = read(file)
    walks = survey(service, TODAY).covering
    shown = {page.id for way in ways(service, world_with(service), walks) for page in way.pages}
    assert {f"question:{question.id}" for question in service.question} <= shown
    assert {f"question:{q.id}/1/{item.id}" for q in service.question for item in q.item} <= shown
    assert {f"consent:{consent.id}" for consent in service.consent} <= shown
    assert {f"stop:{stop.id}" for stop in service.stop} <= shown
    assert {"check", "sign", "submit", f"look:{service.id}"} <= shown


def test_a_screen_is_the_one_the_kiosk_shows_to_somebody_who_comes_there_first() -> None:
    service = read(STALL)
    world = world_with(service)
    _, own, *_ = ways(service, world, survey(service, TODAY).covering)
    first = own.pages[0]
    begun = Sitting(place=first.id, service=service.id, keep=False)
    assert begun.path(world).last.place == first.id
    assert first == page_of(begun, world)
    assert not any(choice.chosen for choice in first.choices)


def test_a_record_is_shown_found_not_found_and_out_of_reach() -> None:
    service = read(data_file("services") / "social-insurance-record.toml")
    walks = survey(service, TODAY).covering
    pages = [page for way in ways(service, world_with(service), walks) for page in way.pages]
    offered = {tuple(choice.id for choice in page.choices) for page in pages if page.id == "question:record"}
    assert offered == {("right", "wrong", "person"), ("missing", "person"), ("staff", "person")}


@every_service
def test_every_paper_is_filled_with_the_answers_of_somebody_who_hands_in(file: Path) -> None:
    service = read(file)
    path = finished(service, survey(service, TODAY).covering)
    assert path is not None and path.end == "submit"
    for paper in service.print:
        made = form_paper(service, paper, path, world_with(service), load_catalogue("author"))
        words = plain_text(made, COLUMNS[paper.paper], "zh")
        for name in (name for row in paper.rows for name in row if name in path.answers):
            assert service.find_question(name).label.zh in words


def test_whatever_a_file_may_put_on_a_paper_is_made() -> None:
    service = read(data_file("services") / "elderly-allowance.toml")
    path = finished(service, survey(service, TODAY).covering)
    assert path is not None
    for block in PRINT_BLOCKS:
        paper = service.print[0].model_copy(update={"rows": ((block,),)})
        made = form_paper(service, paper, path, world_with(service), load_catalogue("author"))
        assert block not in plain_text(made, 64, "zh")


def test_a_mark_that_was_drawn_stands_on_the_paper_as_it_was_drawn() -> None:
    service = read(data_file("services") / "court-small-claim.toml")
    question = next(one for one in service.question if one.type is FieldKind.SIGNATURE)
    path = finished(service, survey(service, TODAY).covering)
    assert path is not None
    strokes = "[[[2000,400,0],[8000,400,300]],[[5000,100,500],[5000,1900,900]]]"
    signed = replace(path, answers={**path.answers, question.id: Answer(strokes, Source.RESIDENT)})
    paper = service.print[0].model_copy(update={"rows": ((question.id,),)})
    made = form_paper(service, paper, signed, world_with(service), load_catalogue("author"))
    (block,) = made.blocks
    assert isinstance(block, Drawn) and len(block.strokes) == 2
    assert "[[" not in plain_text(made, 64, "zh") + repr(made)


def test_a_question_that_was_not_asked_leaves_room_on_the_paper() -> None:
    service = read(data_file("services") / "elderly-allowance.toml")
    none_given = find_path(service, replace(Sitting().given), TODAY)
    made = form_paper(service, service.print[0], none_given, world_with(service), load_catalogue("author"))
    assert "银行卡号：\n" in plain_text(made, 64, "zh")


def test_the_command_tells_screen_speech_help_and_paper() -> None:
    done = preview(data_file("services") / "elderly-allowance.toml", "--size", "57x12", "--json")
    assert done.exit_code == 0, done.output
    lines = [json.loads(line) for line in done.output.splitlines()]
    who = next(line for line in lines if line.get("screen") == "question:who")
    assert any("给我自己办" in row for row in who["rows"]) and len(who["rows"]) == 12
    assert who["said"][0] == "您给谁办？" or "您给自己办" in who["said"][0]
    assert who["help"]
    assert any("张桂芳" in line.get("text", "") for line in lines)
    born = next(line for line in lines if line.get("screen") == "question:birth_date")
    assert any("____" in row and "年" in row and row.rstrip().endswith("日") for row in born["rows"])


def test_the_same_file_and_day_give_the_same_preview() -> None:
    assert preview(EVERY_KIND, "--size", "57x12").output == preview(EVERY_KIND, "--size", "57x12").output


def test_each_screen_is_kept_as_a_picture_that_asks_no_host_for_anything(tmp_path: Path) -> None:
    done = preview(STALL, "--pictures", tmp_path)
    assert done.exit_code == 0, done.output
    pictures = sorted(tmp_path.iterdir())
    assert len(pictures) == done.output.count("\n── ") - done.output.count("\n── 打印")
    for picture in pictures:
        drawn = picture.read_text(encoding="utf-8")
        assert re.findall(r"https?://[^\"')\s]+", drawn) == ["http://www.w3.org/2000/svg"]
        assert "url(" not in drawn
        assert "".join(ElementTree.fromstring(drawn).itertext()).strip()


def test_pictures_can_be_png_and_where_no_font_has_the_signs_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = preview(STALL, "--pictures", tmp_path / "drawn", "--format", "png")
    if done.exit_code == 0:
        assert all(file.read_bytes()[:4] == b"\x89PNG" for file in (tmp_path / "drawn").iterdir())
    monkeypatch.setattr("kiosk.paper.font.font_folders", lambda: ())
    refused = preview(STALL, "--pictures", tmp_path / "none", "--format", "png")
    assert refused.exit_code == 1 and "Noto Sans CJK" in refused.output
    assert not (tmp_path / "none").exists()


def test_a_size_that_no_screen_has_is_refused() -> None:
    assert preview(STALL, "--size", "30x8").exit_code == 2
    assert preview(STALL, "--size", "wide").exit_code == 2
