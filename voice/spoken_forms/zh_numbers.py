"""Chinese numbers as words."""

from __future__ import annotations

import re

from voice.spoken_forms.patterns import groups

FIGURES = "零一二三四五六七八九"
MEASURES = (
    "个|位|次|张|份|部分|天|周|小时|分钟|分(?=[，。；]|$)|秒|年(?!级|代)|岁|件|条|项|页|名|户|种|家|步|遍|趟|回|顿|餐"
    "|下(?=[，。；]|$)|行|把|本|封|笔|间|层楼|万|亿|千|人|斤|公斤|克|公里|米|厘米|毫米|平方米|平米|升|毫升|吨|度|倍"
    "|双|盒|片|瓶|支|粒|辆|台|套|只|棵|袋|碗|床|块"
)
"""Words before which two is 两, as a part of a pattern."""


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
        words += ("零" if gap else "") + FIGURES[figure] + name
        gap = False
    return words[1:] if leading and words.startswith("一十") else words


def digits(figures: str, *, one: str = "幺") -> str:
    """Figure by figure: 幺三八; letters are said one by one."""
    named = {str(at): name for at, name in enumerate(FIGURES)} | {"1": one}
    return "".join(named.get(figure) or f" {figure.upper()}" for figure in figures)


def in_groups(written: str) -> str:
    """A long number with a pause after each group."""
    return "，".join(digits(group) for group in groups(written))


def amount(number: str) -> str:
    """A number with or without thousands commas and decimals."""
    whole, _, fraction = number.replace(",", "").partition(".")
    if len(whole) > 15:
        return in_groups(whole)
    return count(int(whole)) + (f"点{digits(fraction, one='一')}" if fraction else "")


def counted(number: str) -> str:
    """Before a measure word: 两个."""
    return "两" if number == "2" else amount(number)


def year(figures: str) -> str:
    """一九五零."""
    return digits(figures, one="一")


def percent(number: str) -> str:
    """百分之百, 百分之三点五."""
    return "百分之百" if number == "100" else f"百分之{amount(number)}"


def money(number: str) -> str:
    """三百五十元五角."""
    whole, _, fraction = number.replace(",", "").partition(".")
    words = "" if not int(whole) and fraction.strip("0") else f"{counted(str(int(whole)))}元"
    for figure, name in zip(fraction[:2], "角分", strict=False):
        words += f"{counted(figure)}{name}" if figure != "0" else ""
    return words


def clock(part: str | None, hour: int, minute: int) -> str:
    """上午九点零五分; the 24-hour clock is never spoken."""
    part = part or _part_of_day(hour)
    hour = hour - 12 if hour > 12 else hour
    hours = "两" if hour == 2 else count(hour)
    if minute == 0:
        return f"{part}{hours}点"
    return f"{part}{hours}点" + ("半" if minute == 30 else f"{'零' if minute < 10 else ''}{count(minute)}分")


def _part_of_day(hour: int) -> str:
    for limit, name in ((6, "凌晨"), (12, "上午"), (13, "中午"), (18, "下午")):
        if hour < limit:
            return name
    return "晚上"
