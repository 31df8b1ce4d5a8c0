"""English spoken forms: words for numbers, digits in groups, tickets letter by letter."""

from __future__ import annotations

import re

from voice.spoken_forms.en_numbers import (
    MONTHS,
    amount,
    clock,
    count,
    day,
    decade,
    digits,
    in_groups,
    money,
    ordinal,
    year,
)
from voice.spoken_forms.patterns import (
    ADDRESS,
    CLOCK,
    COURT_CASE,
    HYPHENED,
    ISO_DATE,
    LANDLINE,
    LONG_NUMBER,
    MAIL,
    MASKED,
    MIXED_CODE,
    NUMBER,
    RANGE_SIGN,
    SPACED_DATE,
    TICKET,
    YEAR_MONTH,
    plain_width,
    without_signs,
)
from voice.spoken_forms.traced import Rule, Traced

_MONTH = "|".join(MONTHS)
_DAYS = {
    "Mon": "Monday", "Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Fri": "Friday",
    "Sat": "Saturday", "Sun": "Sunday",
}  # fmt: skip
_UNITS = {
    "kg": "kilogram", "km": "kilometer", "cm": "centimeter", "mm": "millimeter", "ml": "milliliter",
    "m²": "square meter", "㎡": "square meter", "m": "meter", "g": "gram", "h": "hour",
    "℃": "degree", "°C": "degree", "°": "degree",
}  # fmt: skip
_SHORT = {"e.g.": "for example", "i.e.": "that is", "etc.": "and so on", "(s)": "s"}
_SPELLED = "ID|USB|UK|USA|IC|ATM|VIP"
"""Letters said one by one although there are vowels among them; without any they always are."""
_COMPARED = {"≥": "at least ", "≤": "at most ", ">": "over ", "<": "under "}


def _unit(match: re.Match[str]) -> str:
    return f"{amount(match[1])} {_UNITS[match[2]]}" + ("" if match[1] == "1" else "s")


def _share(match: re.Match[str]) -> str:
    """1/2 is one half; 24/7 is no part of anything."""
    part, whole = int(match[1]), int(match[2])
    if not 0 < part < whole:
        return f"{count(part)}, {count(whole)}"
    name = {2: "half", 4: "quarter"}.get(whole) or ordinal(whole)
    return f"{count(part)} {name}" + ("" if part == 1 else "s")


_DATES: tuple[Rule, ...] = (
    (MASKED, lambda m: f"{digits(m[1])}, ending in {digits(m[2])}"),
    (SPACED_DATE, lambda m: f"{year(m[1])}, {count(int(m[2]))}, {count(int(m[3]))}"),
    (MAIL, lambda m: "the e-mail address on the screen"),
    (ADDRESS, lambda m: "the web address on the screen"),
    (re.compile(r"\b(?:e\.g\.|i\.e\.|etc\.)|\(s\)"), lambda m: _SHORT[m[0]]),
    (
        re.compile(r"^\s*(\d{1,2})\s*/\s*(\d{1,2})\s*$"),
        lambda m: f"step {count(int(m[1]))} of {count(int(m[2]))}",
    ),
    (
        COURT_CASE,
        lambda m: f"{digits(m[1])}, {m[2]} {digits(m[3])}, {m[4]} {in_groups(m[5])} ",
    ),
    (YEAR_MONTH, lambda m: f"{MONTHS[int(m[2]) - 1]} {year(m[1])}"),
    (ISO_DATE, lambda m: day(int(m[2]), int(m[3]), m[1])),
    (
        re.compile(rf"(?<!\d)([0-3]?\d)(?:st|nd|rd|th)? ({_MONTH})\b(?:,? ([12]\d{{3}})(?!\d))?"),
        lambda m: day(MONTHS.index(m[2]) + 1, int(m[1]), m[3] or ""),
    ),
    (
        re.compile(rf"\b({_MONTH}) ([0-3]?\d)(?:st|nd|rd|th)?(?!\d)(?:, ([12]\d{{3}})(?!\d))?"),
        lambda m: day(MONTHS.index(m[1]) + 1, int(m[2]), m[3] or ""),
    ),
    (re.compile(rf"\b({_MONTH}) ([12]\d{{3}})(?!\d)"), lambda m: f"{m[1]} {year(m[2])}"),
    (re.compile(r"(?<!\d)([12]\d{2}0)s\b"), lambda m: decade(m[1])),
    (
        re.compile(r"(?<![\d,.])(19\d\d|20\d\d)\s?[-–—]\s?(19\d\d|20\d\d)(?![\d,]|\s?(?:yuan|RMB))"),
        lambda m: f"{year(m[1])} to {year(m[2])}",
    ),
    (
        re.compile(r"(?:(?<=\bin )|(?<=\bsince ))([12]\d{3})(?![\d,.]\d|\d)"),
        lambda m: year(m[0]),
    ),
    (HYPHENED, lambda m: in_groups(m[0])),
    (re.compile(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b\.?"), lambda m: _DAYS[m[1]]),
    (re.compile(rf"(?<=day){RANGE_SIGN}(?=\w+day\b)"), lambda m: " to "),
    (
        re.compile(CLOCK.pattern + r"(?:\s?([AaPp]\.?[Mm]\b\.?))?"),
        lambda m: clock(int(m[1]), int(m[2]), m[3]),
    ),
    (
        re.compile(r"(?<![\d.:])(\d{1,2})\s?([AaPp])\.?[Mm]\b\.?"),
        lambda m: clock(int(m[1]), 0, m[2]),
    ),
    (
        re.compile(rf"(?:(?<=\d)|(?<= m)|(?<=%))({RANGE_SIGN})(?=\d{{1,3}}(?![\d-])|(?:\w+ ){{1,3}}[ap] m)"),
        lambda m: " to ",
    ),
    (re.compile(rf"(?<=\d\d\d){RANGE_SIGN}(?=\d{{3,8}}\s?(?:yuan|RMB|people))"), lambda m: " to "),
)
_AMOUNTS: tuple[Rule, ...] = (
    (re.compile(r"(?<=yuan)/(?=\w)"), lambda m: " a "),
    (re.compile(rf"(?:[¥￥]|RMB|CNY)\s?({NUMBER})(?:\s?yuan)?"), lambda m: money(m[1])),
    (re.compile(rf"(?<![\d.])({NUMBER})\s?(?:yuan|RMB|CNY)"), lambda m: money(m[1])),
    (re.compile(rf"\$\s?({NUMBER})"), lambda m: f"{amount(m[1])} dollars"),
    (re.compile(rf"(?<![\d.])({NUMBER})\s?[%％]"), lambda m: f"{amount(m[1])} percent"),
    (re.compile(rf"(?<![\d.])({NUMBER})\s?({'|'.join(_UNITS)})(?![A-Za-z])"), _unit),
    (re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])"), _share),
    (re.compile(r"(?<=\d)\s?[×xX]\s?(?=\d)"), lambda m: " times "),
    (re.compile(r"(?<=\d)\+(?!\d)"), lambda m: " or more"),
    (re.compile(r"[≥≤><](?=\s?\d)"), lambda m: _COMPARED[m[0]]),
)
_NUMBERS: tuple[Rule, ...] = (
    (re.compile(r"(?:\b[Nn]o\.|№|#)\s?(?=\d)"), lambda m: "number "),
    (
        re.compile(
            r"(?i)\b((?:call|dial|ends in|ending in|code|extension|ext\.)\s)"
            r"(\d{2,5}X?|\dX)(?![\d\-]|\.\d|\s\d)"
        ),
        lambda m: m[1] + digits(m[2]),
    ),
    (re.compile(r"(?i)(?<=\broom )(\d{3,4})(?!\d)|(?<=\bbus )(\d{3,4})(?!\d)"), lambda m: digits(m[0])),
    (TICKET, lambda m: f"{' '.join(m[1])} {digits(m[2])}"),
    (MIXED_CODE, lambda m: in_groups(m[0])),
    (
        re.compile(rf"(?<![A-Za-z])(?:{_SPELLED}|[B-DF-HJ-NP-TV-XZ]{{2,5}})(?![A-Za-z])"),
        lambda m: " ".join(m[0]),
    ),
    (LANDLINE, lambda m: f"{digits(m[1])}, {in_groups(m[2])}"),
    (LONG_NUMBER, lambda m: in_groups(m[0])),
    (re.compile(r"(?<!\d)(\d{1,4})(?:st|nd|rd|th)\b"), lambda m: ordinal(int(m[1]))),
    (re.compile(NUMBER), lambda m: amount(m[0])),
    (re.compile(r"\s*&\s*"), lambda m: " and "),
    (re.compile(r"\s*(?:—|–|…)\s*"), lambda m: ", "),
)
_BEFORE_A_STOP = re.compile(r"\s+(?=[,.!?;:])")


def traced(text: str) -> Traced:
    """English text as it is said."""
    whole = Traced.of(plain_width(text))
    for rules in (_DATES, _AMOUNTS, _NUMBERS):
        whole = whole.apply(rules)
    return without_signs(whole, ", ").sub(_BEFORE_A_STOP, lambda m: "")
