"""Pages as the house makes them, for what people say to them."""

from __future__ import annotations

from kiosk.flow.page import ENTER, Choice, Entry, Figures, Keyboard, Page, PageKind, Role
from kiosk.text import Text
from voice.understanding import Expectation, Pack, expectation, load_pack

ZH, EN, KO = load_pack("zh"), load_pack("en"), load_pack("ko")


def both(zh: str, en: str = "") -> Text:
    """A text in two languages."""
    return Text({"zh": zh, "en": en or zh})


def asks(heading: Text, *choices: Choice, binding: bool = False) -> Page:
    """A page with choices."""
    return Page("here", PageKind.CHOICE, heading, choices=choices, binding=binding)


def takes(
    heading: str,
    keyboard: Keyboard,
    *,
    figures: Figures | None = None,
    value: str = "",
    secret: bool = False,
    rows: int = 1,
) -> Page:
    """A page with a field, and the ways past it."""
    entry = Entry(keyboard, value, secret=secret, figures=figures, rows=rows)
    choices = (
        Choice(ENTER, both("继续", "Continue"), Role.GO),
        Choice("skip", both("跳过不填", "Skip this"), Role.GO),
    )
    return Page("here", PageKind.ENTRY, both(heading), choices=choices, entry=entry)


WHO = asks(
    both("您给谁办？", "Who are you applying for?"),
    Choice("self", both("给我自己办", "Myself")),
    Choice("family", both("帮家里老人办", "An older relative")),
)
KIN = asks(
    both("您是老人的什么人？", "Who are you to them?"),
    Choice("child", both("儿子或女儿", "Son or daughter")),
    Choice("spouse", both("丈夫或妻子", "Husband or wife")),
    Choice("parent", both("父亲或母亲", "Father or mother")),
    Choice("other", both("其他亲属", "Another relative")),
)
LOST = asks(
    both("哪一张不见了？", "Which card is lost?"),
    Choice("id", both("身份证", "ID card")),
    Choice("social", both("社保卡", "Social security card")),
    Choice("two", both("两张都是", "Both")),
)
RATE = asks(
    both("今天办得怎么样？", "How was it today?"),
    Choice("very-good", both("很满意", "Very good")),
    Choice("good", both("满意", "Good")),
    Choice("fair", both("一般", "Fair")),
    Choice("poor", both("不满意", "Poor")),
)
HOME = asks(
    both("您想做什么？", "What would you like to do?"),
    Choice("do", both("办事情", "Apply for something"), Role.DOOR),
    Choice("look", both("看怎么办", "See how it is done"), Role.DOOR),
    Choice("ask", both("问一问", "Ask a question"), Role.DOOR),
    Choice("query", both("查进度、查记录", "Progress and records"), Role.DOOR),
)
CITY = asks(
    both("您的户口在本市吗？", "Is your household registration in this city?"),
    Choice("yes", both("是", "Yes")),
    Choice("no", both("不是", "No")),
)
HAS_CARD = asks(
    both("您有社保卡吗？", "Do you have a social security card?"),
    Choice("yes", both("是", "Yes")),
    Choice("no", both("不是", "No")),
)
CONSENT = asks(
    both("请您拿主意", "Your decision, please"),
    Choice("yes", both("同意", "I agree")),
    Choice("no", both("不同意", "I do not agree")),
    binding=True,
)
WITHDRAW = asks(
    both("这件事不办了吗？", "Do you want to withdraw it?"),
    Choice("yes", both("对，撤回", "Yes, withdraw it"), Role.GO),
    Choice("no", both("接着办", "No, go on with it"), Role.GO),
    binding=True,
)
SUBMIT = asks(
    both("最后一步：交给工作人员", "Last step: hand it in"),
    Choice("look", both("再看一遍", "Look again"), Role.GO),
    Choice("submit", both("确定，交上去", "Yes, hand it in"), Role.GO),
    binding=True,
)
TOLD = asks(both("请看这里"), Choice("go", both("知道了", "All right"), Role.GO))
MOVED = asks(
    both("您搬过家吗？", "Have you moved?"),
    Choice("moved", both("搬过了", "Yes, I have")),
    Choice("same", both("没有搬", "No, I have not")),
)
COMPLAINT = asks(
    both("您要说的是谁？", "Who is it about?"),
    Choice("staff", both("这里的工作人员", "Staff here")),
    Choice("rules", both("办事的规定", "The rules")),
    Choice("place", both("机器或者场地", "The machine or the place")),
)
PHONE = takes("您的电话是多少？", Keyboard.DIGITS, figures=Figures.PHONE, secret=True)
IDENTITY = takes("您的身份证号码是多少？", Keyboard.ID_NUMBER, figures=Figures.IDENTITY, secret=True)
CARD = takes("您的银行卡号是多少？", Keyboard.DIGITS, figures=Figures.BANK_CARD, secret=True)
RECEIPT = takes("回执上的编号是多少？", Keyboard.DIGITS, figures=Figures.RECEIPT)
COUNT = takes("家里几口人？", Keyboard.DIGITS)
SUM = takes("每月收入多少钱？", Keyboard.MONEY)
BORN = takes("您哪天出生？", Keyboard.DATE)
NAME = takes("您叫什么名字？", Keyboard.TEXT)
STORY = takes("您要说什么？", Keyboard.TEXT, rows=4)


def on(page: Page, pack: Pack) -> Expectation:
    """What the page waits for in that language."""
    return expectation(page, pack.language)


def lines(table: str) -> tuple[str, ...]:
    """What people say, one after another between bars or on lines of their own."""
    return tuple(said.strip() for line in table.splitlines() for said in line.split("|") if said.strip())
