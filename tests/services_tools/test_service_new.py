"""Whoever never programmed gets a service that passes the check, by answering plain questions."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.services.load import look_over
from kiosk.services.model import Service
from kiosk.services.problem import Problem, Severity
from kiosk.services.proof import CardRole, Proof
from kiosk.services.question import FieldKind
from kiosk.services.stories import differences
from tests.journeys.kiosk_terminal import ENTER, KioskTerminal

KINDS: list[FieldKind] = [kind for kind in FieldKind if kind is not FieldKind.RECORD]
YES, NO, SAME = "1", "2", ""
BEGINNING = [
    *("公交卡年审", "Bus pass renewal", "六十五岁以上的老人", "People over 65", "公交卡可以再用一年", ""),
    *(SAME, SAME, SAME, SAME, SAME, SAME, SAME, "５"),
]
"""Title, who, what one gets, fee, law, owner, desk, phone, and workdays on a Chinese keyboard."""


def new(folder: Path, *answers: str, words: tuple[str, ...] = ()) -> Result:
    out = folder / "bus-pass.toml"
    return CliRunner().invoke(
        main, ["service", "new", "bus-pass", "--out", str(out), *words], input="\n".join([*answers, SAME, ""])
    )


def looked_over(folder: Path) -> tuple[Service, list[Problem]]:
    service, problems = look_over(folder / "bus-pass.toml")
    assert service is not None, problems
    return service, [problem for problem in problems if problem.severity is Severity.ERROR]


def about(kind: FieldKind) -> list[str]:
    """What an author tells of a question of that kind."""
    told = ["请问是哪一种情况？", "Which is it?", "情况", "Case", str(KINDS.index(kind) + 1)]
    match kind:
        case FieldKind.CHOICE | FieldKind.MANY:
            told += ["头一次来", "The first time", "来过一次", "Been here before", NO]
        case FieldKind.DOCUMENT:
            told += ["老的公交卡", "The old pass", "2"]
        case FieldKind.REPEAT:
            told += [
                "叫什么？",
                "What is it?",
                "名称",
                "Name",
                "1",
                YES,
                "多少钱？",
                "How much?",
                "价钱",
                "Price",
                "3",
                NO,
            ]
    return [*told, NO]


ENDS = [YES, "1", "身体要紧，先问问医生再来。", "Your health comes first: ask a doctor."]
"""That an answer ends it, which one, and what is said then."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_any_kind_makes_a_file_without_errors(kind: FieldKind, tmp_path: Path) -> None:
    done = new(tmp_path, *BEGINNING, YES, YES, YES, *about(kind), NO, NO)
    assert done.exit_code == 0, done.output
    service, errors = looked_over(tmp_path)
    assert not errors
    assert [question.type for question in service.question] == [FieldKind.NAME, FieldKind.ID_NUMBER, kind]
    assert service.handling.promised_workdays == 5
    assert {story.expect.end for story in service.story} >= {"submit", "refused"}
    assert not [found for story in service.story for found in differences(service, story)]


def test_an_answer_with_which_it_ends_becomes_a_stop_with_its_story(tmp_path: Path) -> None:
    choice = [
        *about(FieldKind.CHOICE)[:-1],
        YES,
        "2",
        "请到总站窗口办，今天就能拿到。",
        "Please go to the main station.",
    ]
    done = new(tmp_path, *BEGINNING, NO, NO, *choice, NO, YES, "身份证", "ID card", "1", NO)
    assert done.exit_code == 0, done.output
    service, errors = looked_over(tmp_path)
    assert not errors
    (stop,) = service.stop
    assert stop.tell.zh.startswith("请到总站窗口办")
    assert stop.id in {story.expect.end for story in service.story}
    assert [(material.zh, material.form) for material in service.material] == [("身份证", "original")]


def test_a_yes_or_no_question_may_end_it(tmp_path: Path) -> None:
    done = new(tmp_path, *BEGINNING, NO, NO, *about(FieldKind.YES_NO)[:-1], *ENDS, NO, NO)
    assert done.exit_code == 0, done.output
    service, errors = looked_over(tmp_path)
    assert not errors
    (stop,) = service.stop
    assert stop.when.equals == "yes"
    assert stop.id in {story.expect.end for story in service.story}


def test_a_list_may_ask_for_a_phone_and_a_choice(tmp_path: Path) -> None:
    phone = ["电话是多少？", "What is the phone number?", "电话", "Phone", "6", YES]
    kin = [
        "是您的什么人？",
        "Who is that?",
        "关系",
        "Relation",
        "7",
        "儿女",
        "A child",
        "邻居",
        "A neighbour",
    ]
    listed = [
        "出了急事找谁？",
        "Whom do we call?",
        "联系人",
        "Contacts",
        str(KINDS.index(FieldKind.REPEAT) + 1),
    ]
    done = new(tmp_path, *BEGINNING, NO, NO, *listed, *phone, *kin, NO, NO, NO, NO, NO)
    assert done.exit_code == 0, done.output
    service, errors = looked_over(tmp_path)
    assert not errors
    assert [item.type for item in service.question[0].item] == [FieldKind.PHONE, FieldKind.CHOICE]


def test_one_more_thing_can_be_added_at_the_end_of_the_file(tmp_path: Path) -> None:
    done = new(tmp_path, *BEGINNING, YES, NO, NO, YES, "照片", "Photos", "3", NO)
    assert done.exit_code == 0, done.output
    with (tmp_path / "bus-pass.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[material]]\nid = "more"\nzh = "复印件"\nen = "A copy"\nform = "copy"\n')
        file.write('need_if = { field = "q1", is = "李梅" }\n')
    service, errors = looked_over(tmp_path)
    assert not errors and [material.form for material in service.material] == ["photo", "copy"]


def test_what_has_no_english_yet_is_remembered_by_the_check(tmp_path: Path) -> None:
    done = new(tmp_path, *BEGINNING, YES, NO, NO, NO)
    assert done.exit_code == 0, done.output
    assert "W412" in done.output


def test_the_bare_template_is_a_whole_service(tmp_path: Path) -> None:
    done = new(tmp_path, words=("--yes",))
    assert done.exit_code == 0, done.output
    service, errors = looked_over(tmp_path)
    assert not errors and service.status == "draft" and service.story


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "bus-pass.toml").write_text("我的", encoding="utf-8")
    assert new(tmp_path, words=("--yes",)).exit_code == 1
    assert (tmp_path / "bus-pass.toml").read_text(encoding="utf-8") == "我的"


def test_who_stops_in_the_middle_has_written_nothing(tmp_path: Path) -> None:
    assert new(tmp_path, *BEGINNING[:5]).exit_code == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["公交卡", "Bus", "../bus", "1bus", ""])
def test_a_name_that_no_program_could_use_is_refused_in_plain_words(name: str) -> None:
    done = CliRunner().invoke(main, ["service", "new", "--yes", name])
    assert done.exit_code == 2 and "bus-pass" in done.output


def test_a_service_that_needs_an_id_card_lists_it_among_its_papers(tmp_path: Path) -> None:
    done = new(tmp_path, *BEGINNING, YES, YES, NO, NO, YES)
    assert done.exit_code == 0, done.output
    service, errors = looked_over(tmp_path)
    assert not errors
    assert service.proof is Proof.PRESENTED
    assert [paper.card for paper in service.material] == [CardRole.SUBJECT]


def test_a_volunteer_at_a_terminal_gets_through_with_slips_of_the_finger(tmp_path: Path) -> None:
    program = (sys.executable, "-m", "kiosk.cli", "service", "new", "bus-pass")
    data = tmp_path / "data"
    with KioskTerminal(data, "--out", str(tmp_path / "bus-pass.toml"), program=program, rows=48) as terminal:

        def tell(question: str, *answers: str) -> None:
            terminal.shows(question)
            for answer in answers:
                terminal.type(answer + ENTER)
                terminal.rest(0.05)

        tell("这件事叫什么？", "", "公交卡年审", "Bus pass")
        tell("谁能办？", "六十五岁以上的老人", "People over 65")
        tell("办了能得到什么？", "公交卡再用一年", "Another year of free rides")
        tell("要多少钱？", "", "")
        tell("依据是什么？", "", "")
        tell("哪个单位负责？", "")
        tell("交到哪个窗口？", "")
        tell("咨询电话？", "")
        tell("多少个工作日办完？", "很快", "10")
        tell("要问姓名吗？", "1")
        tell("要问身份证号码吗？", "9", "2")
        tell("还要问别的吗？", "2")
        tell("要带材料来吗？", "2")
        tell("一定要看过身份证吗？", "")
        terminal.shows("写好了：bus-pass.toml")
        assert "请写一个数" in terminal.text and "这里要写几个字" in terminal.text
        assert terminal.wait_end() == 0
    _, errors = looked_over(tmp_path)
    assert not errors
