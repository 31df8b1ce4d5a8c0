"""Money, percentages, units and signs of arithmetic in Chinese."""

from __future__ import annotations

import re

from voice.spoken_forms.patterns import NUMBER
from voice.spoken_forms.traced import Rule
from voice.spoken_forms.zh_numbers import amount, count, counted, money, percent

_UNITS = {
    "kg": "公斤", "km": "公里", "cm": "厘米", "mm": "毫米", "ml": "毫升", "mL": "毫升",
    "m²": "平方米", "㎡": "平方米", "g": "克",
    "m": "米", "L": "升", "h": "小时", "℃": "度", "°C": "度", "°": "度",
}  # fmt: skip
_PARTS = {"½": "二分之一", "⅓": "三分之一", "⅔": "三分之二", "¼": "四分之一", "¾": "四分之三"}
_COMPARED = {"≥": "不少于", "≤": "不超过", ">": "超过", "＞": "超过", "<": "不到", "＜": "不到"}
_BETWEEN = {"×": "乘", "✕": "乘", "x": "乘", "X": "乘", "+": "加", "=": "等于"}


def _share(match: re.Match[str]) -> str:
    """1/3 is a third; 3/1 is none."""
    part, whole = int(match[1]), int(match[2])
    return f"{count(whole)}分之{count(part)}" if 0 < part < whole else f"{count(part)}，{count(whole)}"


def _of_all(match: re.Match[str]) -> str:
    """第1/3页 is the first of three pages."""
    part, whole, called = match.groups()
    return f"第{count(int(part))}{called}，共{count(int(whole))}{called}"


AMOUNTS: tuple[Rule, ...] = (
    (re.compile(r"第\s?(\d{1,3})\s?/\s?(\d{1,3})\s?(页|步|部分|张|题)"), _of_all),
    # Thousands parted by spaces, as banks print them.
    (re.compile(r"(?<![\d.,] )(?<![\d.,])(\d{1,3}(?: \d{3})+)\s?元"), lambda m: money(m[1].replace(" ", ""))),
    (re.compile(r"(?<=[元块次天人户月年])/(?=[月年天日人次户周])"), lambda m: "每"),
    (
        re.compile(r"(?<![\d-])-(\d+(?:\.\d+)?)\s?(?:℃|°C|度)"),
        lambda m: f"零下{counted(m[1])}度",
    ),
    (re.compile(rf"[¥￥]\s?({NUMBER})(\s?[万亿])元?"), lambda m: f"{counted(m[1])}{m[2]}元"),
    (re.compile(rf"[¥￥]\s?({NUMBER})\s?元?"), lambda m: money(m[1])),
    (re.compile(rf"(?<![\d.])({NUMBER})\s?元"), lambda m: money(m[1])),
    (re.compile(rf"(?<![\d.])({NUMBER})\s?(?=[块角毛])"), lambda m: counted(m[1])),
    (re.compile(rf"(?<![\d.])({NUMBER})\s?[%％]"), lambda m: percent(m[1])),
    (re.compile(rf"(?<![\d.])({NUMBER})\s?‰"), lambda m: f"千分之{amount(m[1])}"),
    (
        re.compile(rf"(?<![\d.])({NUMBER})\s?({'|'.join(_UNITS)})(?![A-Za-z])"),
        lambda m: counted(m[1]) + _UNITS[m[2]],
    ),
    (re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])"), _share),
    (
        re.compile(r"(?<![\d:：])(\d{1,2})[:：](\d)(?![\d:：])"),
        lambda m: f"{count(int(m[1]))}比{count(int(m[2]))}",
    ),
    (re.compile(r"[½⅓⅔¼¾]"), lambda m: _PARTS[m[0]]),
    (re.compile(r"(?<=\d)\s?([×✕xX+=])\s?(?=\d)"), lambda m: _BETWEEN[m[1]]),
    (re.compile(r"(?<=\d)([岁人个])?\+(?!\d)"), lambda m: f"{m[1] or ''}以上"),
    (re.compile(r"[≥≤＞>＜<](?=\s?\d)"), lambda m: _COMPARED[m[0]]),
)
