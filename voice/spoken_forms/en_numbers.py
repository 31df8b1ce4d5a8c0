"""English numbers as words."""

from __future__ import annotations

from voice.spoken_forms.patterns import groups

SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth"}
_IRREGULAR |= {"nine": "ninth", "twelve": "twelfth"}


def count(number: int) -> str:
    """A cardinal: three hundred and fifty."""
    if number < 20:
        return SMALL[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= size:
            rest = number % size
            joint = " and " if 0 < rest < 100 else " "
            return f"{count(number // size)} {name}" + (f"{joint}{count(rest)}" if rest else "")
    rest = number % 100
    return f"{SMALL[number // 100]} hundred" + (f" and {count(rest)}" if rest else "")


def ordinal(number: int) -> str:
    """third, twenty-first."""
    head, dash, last = count(number).rpartition("-")
    if not dash:
        head, dash, last = count(number).rpartition(" ")
    if last in _IRREGULAR:
        return head + dash + _IRREGULAR[last]
    return head + dash + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def digits(figures: str) -> str:
    """Figure by figure; letters are said one by one."""
    return " ".join(SMALL[int(f)] if f.isdecimal() else f.upper() for f in figures)


def in_groups(written: str) -> str:
    """A long number with a pause after each group."""
    return ", ".join(digits(group) for group in groups(written))


def amount(number: str) -> str:
    """A number with or without thousands commas and decimals."""
    whole, _, fraction = number.replace(",", "").partition(".")
    if len(whole) > 15:
        return in_groups(whole)
    return count(int(whole)) + (f" point {digits(fraction)}" if fraction else "")


def year(figures: str) -> str:
    """nineteen forty-four, two thousand and eight."""
    century, rest = int(figures[:2]), int(figures[2:])
    if century % 10 == 0 and rest < 10:
        return count(int(figures))
    ending = "hundred" if rest == 0 else f"oh {SMALL[rest]}" if rest < 10 else count(rest)
    return f"{count(century)} {ending}"


def decade(figures: str) -> str:
    """nineteen nineties, from 1990."""
    tens = _TENS[int(figures[2])]
    ending = "hundreds" if figures[2] == "0" else "tens" if figures[2] == "1" else f"{tens[:-1]}ies"
    return f"{count(int(figures[:2]))} {ending}"


def day(month: int, day_of_month: int, figures: str = "") -> str:
    """March fifth, twenty twenty-four."""
    named = MONTHS[month - 1] if 1 <= month <= 12 else count(month)
    return f"{named} {ordinal(day_of_month)}" + (f", {year(figures)}" if figures else "")


def clock(hour: int, minute: int, half: str | None) -> str:
    """two thirty p m."""
    half = half.lower()[0] if half else ("a" if hour < 12 or hour == 24 else "p")
    hours = count(12 if hour % 12 == 0 else hour % 12)
    minutes = "" if minute == 0 else f" oh {SMALL[minute]}" if minute < 10 else f" {count(minute)}"
    return f"{hours}{minutes} {half} m"


def money(number: str) -> str:
    """three hundred and fifty yuan and fifty fen."""
    whole, _, fraction = number.replace(",", "").partition(".")
    fen = int(fraction[:2].ljust(2, "0")) if fraction else 0
    if fen and not int(whole):
        return f"{count(fen)} fen"
    return f"{count(int(whole))} yuan" + (f" and {count(fen)} fen" if fen else "")
