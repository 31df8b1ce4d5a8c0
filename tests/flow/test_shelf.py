"""The doors 办 and 看: groups, what to bring, the guide, what is told on the welcome page."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from kiosk.flow.moves import Back, Choose, Overlay, Printed
from kiosk.flow.notices import Notice, told_on
from kiosk.flow.page import Page
from kiosk.flow.pages.now import page_of
from kiosk.flow.papers import guide_paper, paper_of
from kiosk.flow.sitting import Errand, Sitting, World
from kiosk.flow.turn import turn
from kiosk.services.guide import Amount, Guide, Validity
from kiosk.services.model import Checked, Material, Service
from kiosk.services.wording import Wording
from kiosk.text import Text, same
from tests.flow.residents import ALLOWANCE, TODAY, WORLD, at_home, moved

GROUPS = {
    "elderly": Text({"zh": "老人补贴", "en": "Allowances"}),
    "papers": Text({"zh": "证件", "en": "Cards"}),
}


def service(name: str, group: str, **changed: object) -> Service:
    title = Wording(zh=f"事项{name}", en=f"Service {name}")
    return ALLOWANCE.model_copy(update={"id": name, "title": title, "group": group, **changed})


def world(*services: Service, **changed: object) -> World:
    shelf = {one.id: one for one in services}
    return replace(WORLD, services=shelf, groups=GROUPS, **changed)  # type: ignore[arg-type]


MANY = world(
    service("a", "elderly"), service("b", "elderly"), service("c", "papers"), service("d", "papers"),
    service("e", "unheard-of"), service("f", "unheard-of"),
)  # fmt: skip


def page(place: str, here: World) -> Page:
    return page_of(Sitting(place=place), here)


def body(place: str, here: World, language: str = "zh") -> str:
    return "\n".join(text.show(language) for text in page(place, here).body)


@pytest.mark.parametrize("door", ["do", "look"])
def test_four_services_are_simply_listed(door: str) -> None:
    few = world(service("a", "elderly"), service("b", "papers"), service("c", "papers"), service("d", "x"))
    assert [choice.id for choice in page(door, few).choices] == ["a", "b", "c", "d"]


def test_more_are_listed_by_group_in_the_order_of_the_groups_and_the_unnamed_last() -> None:
    first = page("do", MANY)
    assert [choice.id for choice in first.choices] == ["@elderly", "@papers", "@other"]
    assert first.choices[0].label.show("zh") == "老人补贴"
    assert first.choices[2].label.show("zh") == "别的事情"


def test_after_one_press_everything_this_kiosk_does_can_be_read() -> None:
    """K37."""
    shown = " ".join(
        f"{choice.label.show('zh')} {choice.detail.show('zh')}" for choice in page("do", MANY).choices
    )
    assert all(one.title.zh in shown for one in MANY.services.values())


def test_after_two_presses_what_to_bring_is_there() -> None:
    """K37."""
    chosen = moved(at_home(), Choose("do"), Choose("@papers"), world=MANY)
    listed = page_of(chosen, MANY)
    assert [choice.id for choice in listed.choices] == ["c", "d"]
    assert all("要带" in choice.detail.show("zh") for choice in listed.choices)
    assert "证件" in listed.heading.show("zh")


def test_a_group_with_one_service_costs_no_press() -> None:
    lonely = world(*[service(name, "elderly") for name in "abcd"], service("e", "papers"))
    assert [choice.id for choice in page("do", lonely).choices] == ["@elderly", "e"]
    assert "要带" in page("do", lonely).choices[1].detail.show("zh")


def test_back_goes_the_way_one_came() -> None:
    in_group = moved(at_home(), Choose("look"), Choose("@papers"), world=MANY)
    guide = moved(in_group, Choose("c"), world=MANY)
    assert guide.place == "look:c"
    assert moved(guide, Back(), world=MANY).place == "look:@papers"
    assert moved(in_group, Back(), world=MANY).place == "look"
    assert moved(in_group, Back(), Back(), world=MANY).place == "home"


def test_a_group_that_is_not_there_is_not_opened() -> None:
    assert moved(at_home(), Choose("do"), Choose("@nothing"), world=MANY).place == "do"


def test_what_to_bring_is_as_much_as_one_keeps_in_mind() -> None:
    papers = tuple(Material(id=f"p{n}", zh=f"第{n}样要紧的材料", en=f"Paper {n}") for n in range(6))
    detail = page("do", world(service("a", "elderly", material=papers))).choices[0].detail.show("zh")
    assert detail.startswith("至少要带第0样")
    assert "第5样" not in detail
    nothing = page("do", world(service("a", "elderly", material=()))).choices[0].detail.show("zh")
    assert nothing == "不用带东西"


def test_the_guide_begins_with_whether_this_machine_does_it() -> None:
    """K37."""
    assert page("look:elderly-allowance", WORLD).body[0].show("zh") == "这台机器上就能办。"
    rest = Wording(zh="到大厅拍照", en="a photograph at the hall")
    guide = Guide(**{**dict(ALLOWANCE.guide), "here": "part", "rest": rest})
    words = body("look:a", world(service("a", "x", guide=guide)))
    assert words.startswith("这台机器上能办开头。\n后面的：到大厅拍照。\n要带")


def test_the_guide_says_what_is_paid_today_and_to_whom() -> None:
    words = body("look:elderly-allowance:terms", WORLD)
    assert "80到89岁：每月50元。" in words
    assert "90岁以上：每月100元。" in words
    past = Validity(**{"from": datetime.date(2020, 1, 1), "to": TODAY - datetime.timedelta(days=1)})
    old = tuple(Amount(**{**dict(one), "valid": past}) for one in ALLOWANCE.guide.amount)
    guide = ALLOWANCE.guide.model_copy(update={"amount": old})
    assert "50元" not in body("look:a:terms", world(service("a", "x", guide=guide)))


def test_sums_for_people_that_no_option_names_say_whom_they_mean() -> None:
    """Three sums without a word would be three riddles."""
    words = body("look:disability-allowance:terms", WORLD)
    assert "一级二级，家里又困难：每月220元。" in words
    assert "三级四级，家里困难：每月110元。" in words


def test_the_guide_says_how_often_to_come_who_answers_and_who_checked_it() -> None:
    assert "交了以后不用再来这里。" in body("look:elderly-allowance:terms", WORLD)
    words = body("look:elderly-allowance:grounds", WORLD)
    assert "要问就打000-12345。" in words
    assert "负责：幸福路社区服务中心。" in words
    checked = Checked(by="民政岗 李", on=datetime.date(2026, 10, 28))
    signed = service("a", "x", checked=checked, guide=ALLOWANCE.guide.model_copy(update={"visits": 2}))
    assert "2026年10月28日由民政岗 李核对过" in body("look:a:grounds", world(signed))
    assert "还要到窗口来2次。" in body("look:a:terms", world(signed))


def test_the_guide_is_read_page_by_page_and_back_the_same_way() -> None:
    """K24: nobody is shown fifteen lines at once."""
    first = Sitting(place="look:elderly-allowance")
    last = moved(first, Choose("terms"), Choose("grounds"))
    assert last.place == "look:elderly-allowance:grounds"
    assert moved(last, Back(), Back()) == first
    for name in WORLD.services:
        for part in ("", ":terms", ":grounds"):
            assert len(page(f"look:{name}{part}", WORLD).body) <= 8, name
            assert len(page(f"look:{name}{part}", WORLD).choices) <= 4
    made = turn(last, Choose("print"), WORLD)
    assert moved(made.sitting, Back()) == last


def test_a_sign_off_that_lapsed_is_not_shown_as_one() -> None:
    checked = Checked(by="民政岗 李", on=datetime.date(2026, 10, 28))
    lapsed = world(service("a", "x", checked=checked), unsigned=frozenset({"a"}))
    assert "还没有人核对过" in body("look:a:grounds", lapsed)


def test_a_paper_is_offered_where_there_is_a_printer_only() -> None:
    with_printer, without = world(ALLOWANCE, printer=True), world(ALLOWANCE, printer=False)
    ids = [choice.id for choice in page("look:elderly-allowance", with_printer).choices]
    assert ids == ["do", "terms", "ask", "print"]
    assert "print" not in [choice.id for choice in page("look:elderly-allowance", without).choices]
    here = Sitting(place="look:elderly-allowance")
    made = turn(here, Choose("print"), with_printer)
    assert (made.sitting.place, made.errands) == ("printing:look:elderly-allowance", (Errand.PRINT,))
    assert turn(here, Choose("print"), without).errands == ()
    assert moved(made.sitting, Choose("go"), world=with_printer) == here


def test_who_waits_for_a_paper_is_told_and_who_went_on_only_of_trouble() -> None:
    waiting = Sitting(place="printing:look:elderly-allowance")
    assert moved(waiting, Printed("look:elderly-allowance")).place == "printed:look:elderly-allowance"
    assert moved(waiting, Printed("receipt")) == waiting
    gone_on = Sitting(place="ask:elderly-allowance")
    assert moved(gone_on, Printed("look:elderly-allowance")) == gone_on
    told = moved(gone_on, Printed("look:elderly-allowance", "trouble.not_printed"))
    assert (told.place, told.overlay, told.trouble) == (gone_on.place, Overlay.TROUBLE, "trouble.not_printed")
    not_out = moved(waiting, Printed("look:elderly-allowance", "trouble.not_printed"))
    assert (not_out.place, not_out.overlay) == ("look:elderly-allowance", Overlay.TROUBLE)
    goodbye = Sitting(place="goodbye")
    assert moved(goodbye, Printed("receipt", "trouble.not_printed")) == goodbye


def test_what_is_printed_is_what_was_read_and_a_list_to_tick_off() -> None:
    paper = paper_of(Sitting(place="printing:look:elderly-allowance"), WORLD)
    assert paper == guide_paper(ALLOWANCE, WORLD)
    on_paper = [text.show("zh") for text in paper.texts()]
    shown = [body(f"look:elderly-allowance{part}", WORLD) for part in ("", ":terms", ":grounds")]
    for line in "\n".join(shown).splitlines():
        assert line in on_paper or "要带" in line
    assert "领津贴的人的身份证（原件）" in on_paper
    assert paper_of(Sitting(place="home"), WORLD) is None


def notice(name: str, first: int, last: int) -> Notice:
    month = TODAY.replace(day=1)
    return Notice(name, month.replace(day=first), month.replace(day=last), same(name))


def test_a_notice_is_told_from_its_first_to_its_last_day() -> None:
    one = notice("停水", 2, 3)
    told = [bool(told_on(TODAY.replace(day=day), [one])) for day in (1, 2, 3, 4)]
    assert told == [False, True, True, False]


def test_three_notices_are_told_at_most_the_ones_that_end_first() -> None:
    """K24."""
    five = [notice(name, 1, 20 + n) for n, name in enumerate("edcba")]
    assert [text.show("zh") for text in told_on(TODAY, five)] == ["e", "d", "c"]


def test_notices_stand_on_the_welcome_page_and_nowhere_else() -> None:
    told = replace(WORLD, notices=(notice("周五停水", 1, 20),))
    assert "周五停水" in body("welcome", told)
    assert "周五停水" not in body("home", told)
