"""Chinese spoken forms: 幺 in digit strings, 两 before a measure word, 二 in ordinals."""

from __future__ import annotations

import re

from voice.spoken_forms.patterns import (
    ADDRESS,
    COURT_CASE,
    HYPHENED,
    LANDLINE,
    LONG_NUMBER,
    MAIL,
    MASKED,
    MIXED_CODE,
    NUMBER,
    TICKET,
    plain_width,
    without_signs,
)
from voice.spoken_forms.traced import Rule, Traced
from voice.spoken_forms.zh_amounts import AMOUNTS
from voice.spoken_forms.zh_numbers import MEASURES, amount, count, counted, digits, in_groups
from voice.spoken_forms.zh_times import DATES, RANGES

_ROOMS = "室|房|路公交|路车|路|号线"
_CALLED = (
    "(?:打|拨|电话|热线|转|分机|尾号|验证码|密码|编号|工号|邮编|邮政编码|房号|门牌号)(?:[是为：:]|号码)?"
)
"""What stands before a number that is no count."""
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"

_NEVER_READ: tuple[Rule, ...] = (
    # Values in a row; beside a figure a space is only for the eye.
    (re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])"), lambda m: "，"),
    (
        COURT_CASE,
        lambda m: f"{digits(m[1])}，{m[2]}{digits(m[3])}，{m[4]}{in_groups(m[5])}",
    ),
    (MAIL, lambda m: "屏幕上的邮箱"),
    (ADDRESS, lambda m: "屏幕上的网址"),
    (MASKED, lambda m: f"{digits(m[1])}，尾号{digits(m[2])}"),
    (re.compile(r"(?<=[一-鿿])[*＊]"), lambda m: "某"),
    (re.compile(r"(?<=[一-鿿])[·・•](?=[一-鿿])"), lambda m: ""),
)
_HYPHENED: tuple[Rule, ...] = (
    # 3号楼-2单元-501: a home, and no range.
    (re.compile(r"(?<=[栋幢座楼])[-－—](?=\d{1,2}单元)"), lambda m: ""),
    (
        re.compile(r"(单元|号楼|[栋幢座])[-－—]?(\d{3,4})(?!\d|[.,]\d|\s?[元块万人平年米])"),
        lambda m: m[1] + digits(m[2], one="一"),
    ),
    (HYPHENED, lambda m: in_groups(m[0])),
)
_CODES: tuple[Rule, ...] = (
    (re.compile(rf"[{_CIRCLED}]\s?"), lambda m: f"{count(_CIRCLED.index(m[0][0]) + 1)}，"),
    (re.compile(rf"[{_ROMAN}]"), lambda m: count(_ROMAN.index(m[0]) + 1)),
    (re.compile(r"(?:№|(?<![A-Za-z])[Nn][Oo]\.?)\s?(\d{1,4})(?!\d)号?"), lambda m: f"{count(int(m[1]))}号"),
    (re.compile(r"(?<!\d)(\d{1,4})#|#(\d{1,4})(?!\d)"), lambda m: f"{count(int(m[1] or m[2]))}号"),
    (
        re.compile(rf"({_CALLED}\s?)(\d{{2,6}}[Xx]?|\d[Xx])(?![\d\-·]|\.\d|\s\d|[号栋楼元块]|{MEASURES})"),
        lambda m: m[1] + in_groups(m[2]),
    ),
    (re.compile(r"(?<![\d.,\-·])(1(?:10|19|20|22))(?=\s?(?:报警|火警|急救))"), lambda m: digits(m[1])),
    (re.compile(r"\+86[ \-]?(?=1)"), lambda m: "加八六，"),
    (TICKET, lambda m: f"{' '.join(m[1])} {digits(m[2])}"),
    (MIXED_CODE, lambda m: in_groups(m[0])),
    (re.compile(r"(?<![A-Za-z])([A-Z]{2,5})(?![A-Za-z])"), lambda m: " ".join(m[1])),
)
_NUMBERS: tuple[Rule, ...] = (
    (re.compile(r"第\s?(\d{1,4})\s?"), lambda m: f"第{count(int(m[1]))}"),
    (re.compile(rf"(?<!\d)(\d{{3,4}})\s?(?={_ROOMS})"), lambda m: digits(m[1], one="一")),
    (re.compile(rf"(?<![\d.])({NUMBER})\s?(?={MEASURES})"), lambda m: counted(m[1])),
    (LANDLINE, lambda m: f"{digits(m[1])}，{in_groups(m[2])}"),
    (
        re.compile(r"(?<![\d.,\-·] )(?<![\d.,\-·])([1-9]\d?0{4,7})(?![\d.,\-·]| \d)"),
        lambda m: count(int(m[1])),
    ),
    (LONG_NUMBER, lambda m: in_groups(m[0])),
    (re.compile(r"^(\d{1,2})[.．、)）]\s*(?=[^\d\s])"), lambda m: f"{count(int(m[1]))}，"),
    (re.compile(NUMBER), lambda m: amount(m[0])),
    (re.compile(r"\s*&\s*"), lambda m: "和"),
    (re.compile(r"\s*(?:——|—|……|…)\s*"), lambda m: "，"),
    (re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])"), lambda m: ""),
)


def traced(text: str) -> Traced:
    """Chinese text as it is said."""
    whole = Traced.of(plain_width(text))
    for rules in (_NEVER_READ, DATES, _HYPHENED, RANGES, _CODES, AMOUNTS, _NUMBERS):
        whole = whole.apply(rules)
    return without_signs(whole, "，")
