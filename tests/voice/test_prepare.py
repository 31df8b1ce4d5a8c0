"""What everybody hears is rendered ahead: all of it, once, and nothing that is of one person."""

from __future__ import annotations

import datetime
import json
import tomllib
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.catalogue import load_catalogue
from kiosk.cli import main
from kiosk.cli._fittings import world_today
from kiosk.cli._voice_pages import sentences
from kiosk.config import load_settings
from kiosk.flow.page import Choice, Page, PageKind, Role
from kiosk.flow.pages.now import page_of
from kiosk.text import Privacy, Text, same
from tests.flow.residents import GUIFANG, every_journey, world_of
from voice.engines import Engine, EngineFault, Mark, Rendered
from voice.engines.cache import Prepared, SpeechCache
from voice.engines.recorded import RecordedEngine
from voice.prepare import Tally, Task, Wordings, fixed_sentences, prepare
from voice.privacy import Output
from voice.script import Reading, script
from voice.spoken_forms import spoken

TODAY = datetime.date(2026, 11, 2)
CENTRE = "幸福路社区服务中心"


class Voice:
    """An engine that knows a few characters."""

    def __init__(self, name: str, cannot: str = "", rate: int = 22050) -> None:
        self.name, self._cannot, self._rate = name, cannot, rate
        self.said: list[str] = []

    def languages(self) -> frozenset[str]:
        return frozenset({"zh"})

    def voices(self) -> dict[str, str]:
        return {"zh": self.name}

    def render(self, text: str, language: str, rate_step: int) -> Rendered:
        if set(text) & set(self._cannot):
            raise EngineFault("unknown")
        self.said.append(text)
        return Rendered(b"\1\1" * self._rate, self._rate, (Mark(self._rate // 2, 0, 1),))


@cache
def of_the_centre(language: str) -> tuple[str, ...]:
    return sentences(world_today(load_settings(), TODAY, demo=True), language, Output.LOUDSPEAKER)


def reading() -> Reading:
    return Reading("zh", Output.LOUDSPEAKER, load_catalogue("voice"))


def both(zh: str) -> Text:
    return Text({"zh": zh, "en": zh})


def tasks(*texts: str) -> list[Task]:
    return [Task(text, "zh", 4) for text in texts]


def quiet(_tally: Tally) -> None:
    return


def test_nothing_of_a_person_is_prepared() -> None:
    """K26: names, numbers and addresses of those whose paths are walked are in no prepared sentence."""
    said = "\n".join(of_the_centre("zh"))
    assert GUIFANG["name"] not in said and "一三八零零" not in said and "幺三八" not in said
    page = Page(
        "check",
        PageKind.CHOICE,
        both("请看一看"),
        body=(same("张桂芳"), both("您说的是三"), same("请看一看", Privacy.PRIVATE)),
        choices=(Choice("a", same("张桂芳", Privacy.MASKED)), Choice("b", both("对"))),
    )
    wordings = Wordings((both("请看一看"), both("对"), both("您说的是{value}")), (), "zh")
    told = fixed_sentences([page], (), wordings, reading())
    assert told == ("请看一看。", "第二个，对。")


def test_a_placeholder_may_stand_for_the_centre_or_for_a_small_number() -> None:
    wordings = Wordings((both("这里是{centre}。"), both("第{n}步，共{all}步")), (CENTRE,), "zh")
    assert wordings.fixed(both(f"这里是{CENTRE}。")) and wordings.fixed(both("第3步，共12步"))
    assert not wordings.fixed(both("这里是张桂芳。")) and not wordings.fixed(both("第3步，共2026步"))


def test_a_choice_that_can_be_ticked_is_there_ticked_and_on_a_long_page_with_each_number() -> None:
    words = [f"第{'甲乙丙丁戊'[n]}样东西" for n in range(5)]
    page = Page(
        "q", PageKind.CHOICE, both("请选"),
        choices=tuple(Choice(str(n), both(word), Role.TOGGLE) for n, word in enumerate(words)),
    )  # fmt: skip
    told = fixed_sentences([page], (), Wordings(map(both, words), (), "zh"), reading())
    for word in words:
        for number in "一二三四":
            assert f"{number}，{word}。" in told and f"{number}，{word}，已选。" in told


def test_most_of_what_a_person_hears_on_every_path_is_prepared() -> None:
    """The rest has an answer, a name or a date in it."""
    known = set(of_the_centre("zh"))
    heard = {
        spoken(sentence.text, "zh")
        for journey in every_journey("elderly-allowance")
        for sitting in journey.pages
        for sentence in script(page_of(sitting, world_of("elderly-allowance")), reading())
    }
    share = len(heard & known) / len(heard)
    assert share > 0.7, sorted(heard - known)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_is_one_breath_and_there_once(language: str) -> None:
    said = of_the_centre(language)
    assert len(said) == len(set(said)) > 500
    assert all(any(character.isalnum() for character in words) for words in said)


def test_it_goes_on_where_it_was_cut_off(tmp_path: Path) -> None:
    store, voice = SpeechCache(tmp_path), Voice("one")

    class Cut(Exception):
        pass

    def cut(tally: Tally) -> None:
        if tally.made == 2:
            raise Cut

    with pytest.raises(Cut):
        prepare(tasks("一", "二", "三"), [voice], store, cut)
    tally = prepare(tasks("一", "二", "三"), [voice], store, quiet)
    assert (tally.made, tally.there) == (1, 2) and voice.said == ["一", "二", "三"]


def test_the_best_voice_that_can_says_it_and_at_the_rate_of_the_player(tmp_path: Path) -> None:
    store, better, plain = SpeechCache(tmp_path), Voice("better", cannot="龑", rate=16000), Voice("plain")
    tally = prepare(tasks("您好", "龑"), [better, plain], store, quiet)
    assert tally.made == 2 and better.said == ["您好"] and plain.said == ["龑"]
    sound = Prepared(better, store).render("您好", "zh", 4)
    assert sound.rate == 22050 and sound.seconds == pytest.approx(1.0, abs=0.01)
    assert sound.marks[0].sample == 11025 and better.said == ["您好"]


def test_what_a_page_no_longer_says_is_taken_away(tmp_path: Path) -> None:
    store, voice = SpeechCache(tmp_path), Voice("one")
    prepare(tasks("一", "二"), [voice], store, quiet)
    tally = prepare(tasks("二"), [voice], store, quiet)
    assert tally.swept == 1 and tally.there == 1


def test_it_keeps_within_its_room_and_says_so(tmp_path: Path) -> None:
    tally = prepare(tasks("一", "二", "三"), [Voice("one")], SpeechCache(tmp_path), quiet, most=100_000)
    assert tally.full and tally.made == 2 and tally.size <= 101_000


def test_what_a_person_recorded_is_not_made_again(tmp_path: Path) -> None:
    from tests.voice.test_recorded import LIST, record

    (tmp_path / "index.toml").write_text(LIST, encoding="utf-8")
    record(tmp_path / "0001.wav")
    voice = Voice("one")
    engines: tuple[Engine, ...] = (RecordedEngine(tmp_path), voice)
    tally = prepare(tasks("您给谁办？", "您好"), engines, SpeechCache(tmp_path / "prepared"), quiet)
    assert tally.recorded == 1 and tally.made == 1 and voice.said == ["您好"]


def test_the_command_prepares_all_services_and_the_second_time_nothing(tmp_path: Path) -> None:
    order = ["voice", "prepare", "--lang", "en", "--demo", "--json", "--data", str(tmp_path)]
    first = CliRunner().invoke(main, order)
    assert first.exit_code == 0, first.output
    told = json.loads(first.stdout)
    assert told["made"] == told["sentences"] > 500 and told["seconds"] > 600
    again = json.loads(CliRunner().invoke(main, order).stdout)
    assert again["made"] == 0 and again["there"] == told["sentences"] and again["size"] == told["size"]


def test_the_list_for_somebody_who_lends_their_voice_is_the_one_that_is_installed(tmp_path: Path) -> None:
    ran = CliRunner().invoke(
        main, ["voice", "prepare", "--lang", "zh", "--to-record", str(tmp_path / "list")]
    )
    assert ran.exit_code == 0, ran.output
    document = tomllib.loads((tmp_path / "list" / "zh" / "index.toml").read_text(encoding="utf-8"))
    assert document["language"] == "zh" and document["sentence"][0]["file"] == "0001.wav"
