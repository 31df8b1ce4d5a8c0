"""Chinese spoken forms: 幺 in digit strings, 两 before a measure word, 二 in ordinals."""

from __future__ import annotations

import re

from voice.spoken_forms.patterns import (
    CLOCK,
    ISO_DATE,
    LANDLINE,
    LONG_NUMBER,
    NUMBER,
    RANGE_SIGN,
    TICKET,
    Rule,
    apply,
    groups,
    plain_width,
    without_signs,
)

_FIGURES = "零一二三四五六七八九"
_MEASURES = (
    "个|位|次|张|份|部分|天|周|小时|分钟|秒|年(?!级|代)|岁|件|条|项|页|名|户|种|家|步|遍"
    "|行|把|本|封|笔|间|层|万|千|人"
)
_ROOMS = "室|房|路公交|路车|路|号线"


def count(number: int) -> str:
    """A cardinal: 一百零五, 两千, 一万二千."""
    if number == 0:
        return "零"
    words, gap = "", False
    for power, unit in enumerate(("万亿", "亿", "万", "")):
        section = number // 10_000 ** (3 - power) % 10_000
        if not section:
            gap = bool(words)
            continue
        if words and (gap or section < 1000):
            words += "零"
        words += _section(section, leading=not words) + unit
        gap = False
    return re.sub(r"^二(?=[千万亿])", "两", words)


def _section(number: int, *, leading: bool) -> str:
    """One to four figures with their places; 十二 rather than 一十二 at the start."""
    words, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = number // place % 10
        if not figure:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + _FIGURES[figure] + name
        gap = False
    return words[1:] if leading and words.startswith("一十") else words


def digits(figures: str, *, one: str = "幺") -> str:
    """Figure by figure: 幺三八. Spaces and hyphens are dropped, X is said as a letter."""
    named = {"1": one, "x": " X", "X": " X"}
    return "".join(named.get(f) or _FIGURES[int(f)] for f in figures)


def amount(number: str) -> str:
    """A number with or without thousands commas and decimals."""
    whole, _, fraction = number.replace(",", "").partition(".")
    if len(whole) > 15:
        return "，".join(digits(group) for group in groups(whole))
    return count(int(whole)) + (f"点{digits(fraction, one='一')}" if fraction else "")


def _year(figures: str) -> str:
    return digits(figures, one="一")


def _date(match: re.Match[str]) -> str:
    return f"{_year(match[1])}年{count(int(match[2]))}月{count(int(match[3]))}日"


def _part_of_day(hour: int) -> str:
    for limit, name in ((6, "凌晨"), (12, "上午"), (13, "中午"), (18, "下午")):
        if hour < limit:
            return name
    return "晚上"


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match[2]), int(match[3])
    part = match[1] or _part_of_day(hour)
    hour = hour - 12 if hour > 12 else hour
    hours = "两" if hour == 2 else count(hour)
    if minute == 0:
        return f"{part}{hours}点"
    return f"{part}{hours}点" + ("半" if minute == 30 else f"{'零' if minute < 10 else ''}{count(minute)}分")


def _money(match: re.Match[str]) -> str:
    whole, _, fraction = match[1].replace(",", "").partition(".")
    words = "" if not int(whole) and fraction.strip("0") else f"{_counted(int(whole))}元"
    for figure, name in zip(fraction[:2], "角分", strict=False):
        words += f"{_counted(int(figure))}{name}" if figure != "0" else ""
    return words


def _counted(number: int) -> str:
    return "两" if number == 2 else count(number)


def _counted_text(number: str) -> str:
    return "两" if number == "2" else amount(number)


def _long(match: re.Match[str]) -> str:
    figures = re.sub(r"[ \-·]", "", match[0])
    return "，".join(digits(group) for group in groups(figures))


def _ticket(match: re.Match[str]) -> str:
    return f"{' '.join(match[1])} {digits(match[2])}"


_RULES: tuple[Rule, ...] = (
    (re.compile(r"^\s*(\d{1,2})\s*/\s*(\d{1,2})\s*$"), lambda m: f"第{amount(m[1])}步，共{amount(m[2])}步"),
    (ISO_DATE, _date),
    (
        re.compile(r"(?<!\d)([12]\d{3})[-–—~～]([12]\d{3})\s?(?=年)"),
        lambda m: f"{_year(m[1])}到{_year(m[2])}",
    ),
    (re.compile(r"(?<!\d)([12][0-9]{3})\s?(?=年)"), lambda m: _year(m[1])),
    (re.compile(r"(凌晨|早上|上午|中午|下午|晚上)?\s?" + CLOCK.pattern), _clock),
    (re.compile(r"(?<=\d)\s?℃|(?<=\d)\s?°C"), lambda m: "度"),
    (
        re.compile(rf"(?<=[0-9岁年日月点半分]){RANGE_SIGN}(?=[0-9]{{1,3}}(?![0-9])|[上中下晚凌])"),
        lambda m: "到",
    ),
    (re.compile(rf"[¥￥]\s?({NUMBER})\s?元?"), _money),
    (re.compile(rf"(?<![\d.])({NUMBER})\s?(?:元|块钱|块)"), _money),
    (re.compile(rf"(?<![\d.])({NUMBER})\s?[%％]"), lambda m: f"百分之{amount(m[1])}"),
    (TICKET, _ticket),
    (re.compile(r"第\s?(\d{1,4})\s?"), lambda m: f"第{count(int(m[1]))}"),
    (re.compile(rf"(?<!\d)(\d{{3,4}})\s?(?={_ROOMS})"), lambda m: digits(m[1], one="一")),
    (re.compile(rf"(?<![\d.])({NUMBER})\s?(?={_MEASURES})"), lambda m: _counted_text(m[1])),
    (LANDLINE, lambda m: f"{digits(m[1])}，{'，'.join(digits(group) for group in groups(m[2]))}"),
    (LONG_NUMBER, _long),
    (re.compile(r"(?<![\d.])2\s?(?=点(?!\d))"), lambda m: "两"),
    (re.compile(NUMBER), lambda m: amount(m[0])),
    (re.compile(r"\s*&\s*"), lambda m: "和"),
)


def spoken(text: str) -> str:
    """Chinese text as it is said."""
    text = apply(plain_width(text), _RULES)
    text = re.sub(r"(?<=[一-鿿])\s+(?=[一-鿿])", "", text)
    return without_signs(text, "，")
