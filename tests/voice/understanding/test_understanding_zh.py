"""What Mandarin and Sichuan speakers say to a page, and what is taken from it (K05)."""

from __future__ import annotations

import pytest

from kiosk.flow.page import Page
from kiosk.ports import NotUnderstood, Understood, Unsure, Wish, Wished
from tests.voice.understanding import spoken_pages as pages
from tests.voice.understanding.spoken_pages import ZH, on
from voice.understanding import understand

CHOSEN: list[tuple[Page, str, str]] = [
    # by its number
    *((pages.WHO, words, "self") for words in ("一", "第一", "第一个", "第1个", "1", "一号", "幺", "选一",
        "我选一", "按一", "选第一个", "第一项")),
    *((pages.WHO, words, "family") for words in ("二", "两", "第二个", "第二", "二号", "选二吧", "第二个吧",
        "嗯那个第二个", "就第二个", "那就二吧", "二二", "第二个第二个", "最后一个", "最后那个",
        "我要第二个", "我想选第二个", "请选二", "应该是第二个", "第二个嘛", "第二个噻")),
    *((pages.KIN, words, "other") for words in ("四", "第四个", "最后一个", "最下面那个", "四号")),
    *((pages.KIN, words, "parent") for words in ("三", "第三个", "呃三", "第三个啊")),
    # by its name
    *((pages.WHO, words, "self") for words in ("给我自己办", "我自己", "自己", "给自己办", "给自己办的",
        "我给自己办", "自己办", "就我自己", "我自己办", "给我自己")),
    *((pages.WHO, words, "family") for words in ("帮家里老人办", "家里老人", "帮老人办", "给老人办", "老人",
        "家里老人的", "帮家里的老人办", "我帮家里老人办一下")),
    *((pages.KIN, words, "child") for words in ("儿子", "女儿", "我是他儿子", "我是女儿", "儿子或女儿",
        "是他的女儿")),
    *((pages.KIN, words, "spouse") for words in ("妻子", "丈夫", "我是他妻子")),
    *((pages.KIN, words, "other") for words in ("其他亲属", "亲属", "其他")),
    *((pages.LOST, words, "id") for words in ("身份证", "我要办身份证", "身份证", "是身份证",
        "那个身份证嘛", "就是身份证", "身份证身份证")),
    *((pages.LOST, words, "social") for words in ("社保卡", "社保", "是社保卡", "我的社保卡")),
    *((pages.LOST, words, "two") for words in ("两张都是", "两张", "两张都", "两张都是的")),
    *((pages.RATE, words, "good") for words in ("满意", "满意的", "我满意")),
    *((pages.RATE, words, "very-good") for words in ("很满意", "我很满意", "一")),
    *((pages.RATE, words, "poor") for words in ("不满意", "我不满意", "四")),
    *((pages.RATE, words, "fair") for words in ("一般", "一般吧", "三")),
    *((pages.HOME, words, "do") for words in ("办事情", "我要办事情", "办事")),
    *((pages.HOME, words, "ask") for words in ("问一问", "我想问一问")),
    *((pages.HOME, words, "query") for words in ("查进度", "查记录", "进度", "我想查进度", "查一下进度")),
    *((pages.COMPLAINT, words, "staff") for words in ("这里的工作人员", "第一个")),
    *((pages.COMPLAINT, words, "rules") for words in ("规定", "办事的规定")),
    *((pages.SUBMIT, words, "submit") for words in ("交上去", "二", "第二个", "确定交上去", "确定，交上去")),
    *((pages.SUBMIT, words, "look") for words in ("再看一遍", "一", "我再看一遍")),
    # said, and mended in the same breath
    *((pages.WHO, words, "family") for words in ("不是一是二", "一不对二", "一，不，二", "第一个不对第二个",
        "不要一要二")),
    *((pages.TOLD, words, "go") for words in ("知道了", "好", "好的", "对", "行", "一", "好吧", "我知道了")),
]  # fmt: skip

YES = (
    "是", "是的", "是啊", "是噻", "对", "对的", "对头", "对对对", "没错", "好", "好的", "行", "可以", "要",
        "要得", "没问题", "嗯", "嗯嗯", "嗯是的",
    "嗯对", "是 的", "对，对的", "嗯那个是的", "是的是的", "就是", "就是的", "得行", "好嘛", "确定", "一",
        "第一个", "我要", "对的，谢谢", "对呀", "没有错",
    "啊", "哦，是的", "是这样的", "可以可以", "对头对头",
)  # fmt: skip
NO = (
    "不", "不是", "不是的", "不对", "不行", "不好", "不要", "不用", "没有", "错了", "算了", "不得行",
        "莫得", "没得", "要不得", "不是不是", "不对不对", "嗯不是",
    "嗯，不对", "不用了", "不用了谢谢", "不是噻", "我不要", "不可以", "不同意", "二", "第二个", "不要了",
        "没有没有", "哦不是", "不愿意", "错", "呃不是", "不是这样的",
    "搞错了", "不需要", "没有的", "不对哦", "不得", "冇得",
)  # fmt: skip
NEITHER = (
    "是不是", "对不对", "好不好", "要不要", "行不行", "是吗", "对吗", "好吗", "不知道", "不晓得",
        "我不知道", "不清楚", "说不准", "可能是", "好像是", "大概是吧",
    "什么", "啥子", "你说的是什么意思", "我想想", "随便", "不一定", "是不是二", "可不可以", "忘了", "是哪个",
)  # fmt: skip
UNRELATED = (
    "天气", "苹果", "火车", "桌子", "孩子", "吃饭", "唱歌", "北京", "昨天", "电视", "今天天气很好",
        "我的孙子在上学", "菜市场", "买白菜", "打麻将", "晒太阳", "公园",
    "高血压", "眼镜", "茶馆", "过年", "汽车站", "小猫", "雨伞", "月亮", "跳广场舞", "红烧肉", "看医生",
        "手机没电", "钥匙", "裤子", "故事", "石头",
)  # fmt: skip

WISHED: list[tuple[str, Wish]] = [
    *((words, Wish.NEXT) for words in ("下一步", "继续", "下一页", "嗯下一步", "下一步吧", "请继续")),
    *((words, Wish.BACK) for words in ("返回", "上一步", "上一页", "回去", "我要返回", "倒回去", "取消",
        "退出")),
    *((words, Wish.REPEAT) for words in ("重复", "再说一遍", "没听清", "再说一道", "再说一哈", "请再说一遍",
        "我没听清楚", "再念一遍", "重听", "你再说一遍嘛", "再说一次好吗")),
    *((words, Wish.HELP) for words in ("帮助", "怎么弄", "我不会弄", "咋个弄")),
    *((words, Wish.LOUDER) for words in ("大声点", "大声一点", "声音大点", "大声点好吗", "请大声一点",
        "太小声了")),
    *((words, Wish.QUIETER) for words in ("小声点", "小声一点", "声音小点", "太吵了")),
    *((words, Wish.SLOWER) for words in ("慢一点", "慢点", "慢点儿", "说慢点", "请慢一点", "太快了")),
    *((words, Wish.FASTER) for words in ("快一点", "快点", "快点嘛", "太慢了")),
    *((words, Wish.STOP) for words in ("停", "等一下", "等等", "等一哈", "别说了", "请等一下")),
    *((words, Wish.PERSON) for words in ("人工", "找人", "叫人", "叫工作人员", "帮我叫工作人员", "我要人工",
        "麻烦叫一下工作人员", "喊个人来嘛", "请叫工作人员来一下", "我想找个人问问", "工作人员", "服务员")),
]  # fmt: skip


@pytest.mark.parametrize(("page", "words", "choice"), CHOSEN)
def test_a_choice_is_named_by_number_or_in_a_persons_own_words(page: Page, words: str, choice: str) -> None:
    assert understand([words], on(page, ZH), ZH) == Understood(choice=choice)


@pytest.mark.parametrize("words", YES)
def test_a_yes_is_a_yes_in_mandarin_and_in_sichuan(words: str) -> None:
    assert understand([words], on(pages.CITY, ZH), ZH) == Understood(choice="yes")


@pytest.mark.parametrize("words", NO)
def test_a_no_is_a_no_though_a_yes_is_inside_it(words: str) -> None:
    assert understand([words], on(pages.CITY, ZH), ZH) == Understood(choice="no")


@pytest.mark.parametrize("words", NEITHER)
def test_a_question_back_or_a_doubt_is_no_answer(words: str) -> None:
    assert understand([words], on(pages.CITY, ZH), ZH) == NotUnderstood()


@pytest.mark.parametrize("words", ["对，不是", "是的不对", "好的不要", "不是，对的，不对"])
def test_a_yes_and_a_no_in_one_breath_are_asked_again(words: str) -> None:
    assert understand([words], on(pages.CITY, ZH), ZH) == NotUnderstood()


@pytest.mark.parametrize(("words", "wish"), WISHED)
@pytest.mark.parametrize(
    "page", [pages.WHO, pages.CITY, pages.BORN, pages.SUM], ids=["choose", "yes-no", "date", "sum"]
)
def test_a_command_is_heard_on_every_page(page: Page, words: str, wish: Wish) -> None:
    assert understand([words], on(page, ZH), ZH) == Wished(wish)


@pytest.mark.parametrize(
    "page", [pages.NAME, pages.STORY, pages.PHONE, pages.CONSENT, pages.SUBMIT, pages.TOLD]
)
@pytest.mark.parametrize(
    ("words", "wish"), [("人工", Wish.PERSON), ("等一下", Wish.STOP), ("返回", Wish.BACK)]
)
def test_a_person_and_a_moments_peace_can_be_had_everywhere(page: Page, words: str, wish: Wish) -> None:
    assert understand([words], on(page, ZH), ZH) == Wished(wish)


@pytest.mark.parametrize("words", UNRELATED)
@pytest.mark.parametrize(
    "page",
    [
        pages.WHO,
        pages.CITY,
        pages.CONSENT,
        pages.RATE,
        pages.HOME,
        pages.BORN,
        pages.SUM,
        pages.COUNT,
        pages.PHONE,
    ],
    ids=["who", "city", "consent", "rate", "home", "born", "sum", "count", "phone"],
)
def test_nothing_is_taken_from_unrelated_words(page: Page, words: str) -> None:
    assert understand([words], on(page, ZH), ZH) == NotUnderstood()


@pytest.mark.parametrize("words", ["有", "有的", "有啊", "我有", "有社保卡"])
def test_the_verb_of_the_question_is_a_yes(words: str) -> None:
    assert understand([words], on(pages.HAS_CARD, ZH), ZH) == Understood(choice="yes")


@pytest.mark.parametrize("words", ["没有", "没得", "我没有", "没有社保卡", "没社保卡"])
def test_the_verb_denied_is_a_no(words: str) -> None:
    assert understand([words], on(pages.HAS_CARD, ZH), ZH) == Understood(choice="no")


@pytest.mark.parametrize(("words", "choice"), [("搬过了", "moved"), ("搬过", "moved"), ("没搬", "same"),
    ("没有", "same"), ("没有搬", "same"), ("是的", "moved")])  # fmt: skip
def test_two_choices_of_which_one_is_the_no_are_answered_by_yes_and_no(words: str, choice: str) -> None:
    assert understand([words], on(pages.MOVED, ZH), ZH) == Understood(choice=choice)


@pytest.mark.parametrize("words", ["嗯", "啊", "嗯嗯", "哦", "嗯啊"])
def test_where_it_binds_a_murmur_is_asked_again(words: str) -> None:
    """K13: nobody signs by a sound."""
    assert understand([words], on(pages.CONSENT, ZH), ZH) == NotUnderstood()
    assert understand([words], on(pages.CITY, ZH), ZH) == Understood(choice="yes")


@pytest.mark.parametrize("words", ["继续", "下一步", "好", "是的", "嗯", "天气", "四"])
def test_nothing_but_its_own_words_hands_an_application_in(words: str) -> None:
    assert understand([words], on(pages.SUBMIT, ZH), ZH) == NotUnderstood()


@pytest.mark.parametrize(("words", "choice"), [("同意", "yes"), ("我同意", "yes"), ("是的", "yes"),
    ("不同意", "no"), ("我不同意", "no"), ("不", "no"), ("同意同意", "yes")])  # fmt: skip
def test_a_consent_is_given_and_refused_in_plain_words(words: str, choice: str) -> None:
    assert understand([words], on(pages.CONSENT, ZH), ZH) == Understood(choice=choice)


@pytest.mark.parametrize(("words", "choice"), [("对", "yes"), ("撤回", "yes"), ("不办了", "yes"), ("对撤回",
    "yes"), ("接着办", "no"), ("二", "no")])  # fmt: skip
def test_a_question_with_a_no_in_it_is_answered_in_its_own_words(words: str, choice: str) -> None:
    assert understand([words], on(pages.WITHDRAW, ZH), ZH) == Understood(choice=choice)


@pytest.mark.parametrize("words", ["不", "不要", "好", "要"])
def test_a_bare_no_to_a_question_with_a_no_in_it_is_asked_about(words: str) -> None:
    """ "Not"? Not withdrawing, or not going on: the person is asked by number, and nothing is lost."""
    assert understand([words], on(pages.WITHDRAW, ZH), ZH) == Unsure(("yes", "no"))


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (pages.WHO, "是"), (pages.WHO, "不是"), (pages.WHO, "好的"), (pages.WHO, "三"),
            (pages.WHO, "第五个"), (pages.WHO, "一九四四年"), (pages.WHO, "一会儿"),
        (pages.WHO, "一块钱"), (pages.LOST, "对"), (pages.CITY, "三"), (pages.CITY, "第三个"),
            (pages.CITY, "幺三八"), (pages.BORN, "是的"), (pages.BORN, "昨天"),
        (pages.BORN, "今天"), (pages.SUM, "对"), (pages.SUM, "很多"), (pages.COUNT, "是"),
            (pages.PHONE, "是的"), (pages.PHONE, "第一个"), (pages.RATE, "是"),
    ],
)  # fmt: skip
def test_an_answer_to_another_page_is_none_here(page: Page, words: str) -> None:
    assert understand([words], on(page, ZH), ZH) == NotUnderstood()


@pytest.mark.parametrize(
    ("page", "words", "choices"),
    [
        (pages.WHO, "一还是二", ("self", "family")),
        (pages.WHO, "第一个和第二个", ("self", "family")),
        (pages.KIN, "儿子和妻子", ("child", "spouse")),
    ],
)
def test_of_two_that_were_named_the_person_is_asked(page: Page, words: str, choices: tuple[str, ...]) -> None:
    assert understand([words], on(page, ZH), ZH) == Unsure(choices)


@pytest.mark.parametrize(("page", "words"), [(pages.WHO, "不给自己办"), (pages.WHO, "不要第一个"),
    (pages.RATE, "没有一般"), (pages.LOST, "不是身份证")])  # fmt: skip
def test_what_is_denied_is_not_chosen(page: Page, words: str) -> None:
    assert understand([words], on(page, ZH), ZH) == NotUnderstood()


def test_the_best_alternative_that_is_an_answer_counts_but_only_the_best_where_it_binds() -> None:
    heard = ["市", "是的"]
    assert understand(heard, on(pages.CITY, ZH), ZH) == Understood(choice="yes")
    assert understand(["是滴", "火车"], on(pages.CONSENT, ZH), ZH) == Understood(choice="yes")
    assert understand(["食堂", "是的"], on(pages.CONSENT, ZH), ZH) == NotUnderstood()


def test_a_decoy_in_what_was_heard_spoils_it() -> None:
    assert understand(["天气 是的"], on(pages.CITY, ZH), ZH) == NotUnderstood()
    assert understand(["天气", "是的"], on(pages.CITY, ZH), ZH) == NotUnderstood()


def test_who_goes_on_and_on_is_not_answering_but_may_call_somebody() -> None:
    long = "我跟你说嘛我那个孙子他又没有回来看我我等了他一个晚上第二个也没有回来"
    assert understand([long], on(pages.WHO, ZH), ZH) == NotUnderstood()
    assert understand([long + "你帮我叫个人来"], on(pages.WHO, ZH), ZH) == NotUnderstood()
    calls = "我跟你说嘛我那个孙子在那边上班我等了他一个晚上我弄这个机器弄得头都昏了帮我叫个人来"
    assert understand([calls], on(pages.WHO, ZH), ZH) == Wished(Wish.PERSON)


def test_nothing_heard_is_nothing_understood() -> None:
    assert understand([], on(pages.CITY, ZH), ZH) == NotUnderstood()
    assert understand(["", " "], on(pages.CITY, ZH), ZH) == NotUnderstood()


def test_this_table_is_long_enough() -> None:
    assert len(CHOSEN) + len(YES) + len(NO) + len(NEITHER) + len(WISHED) >= 200
    assert len(UNRELATED) >= 30
