"""Slips of the pen and of the keyboard."""

from __future__ import annotations

from tests.services.seeded import Slip

TYPING = (
    Slip('id = "birth_date"', 'id ＝ "birth_date"', "E101"),
    Slip('id = "birth_date"', "id = “birth_date”", "E101"),
    Slip('id = "birth_date"', 'id = "birth_date”', "E101"),
    Slip('id = "birth_date"', 'id = ‘birth_date"', "E101"),
    Slip("[[stop]]", "［[stop]]", "E101"),
    Slip("[[stop]]", "【【stop】】", "E101"),
    Slip("valid   = { from", "valid   = ｛ from", "E101"),
    Slip("2026-11-01, to", "2026-11-01，to", "E101"),
    Slip("visits = 0", "visits = ０", "E101"),
    Slip('"goods", "tables"]\nleg', '"goods"、"tables"]\nleg', "E101"),
    Slip('id = "name"', 'id ＝ "name"', "E101", block=True),
    Slip("visits = 0", "visits 0", "E109"),
    Slip("[guide]\n", "[guide\n", "E110"),
    Slip("visits = 0", "visits\u3000= 0", "E104"),
    Slip("visits = 0", "visits =\u00a00", "E104"),
    Slip('id = "goods"', '\u200bid = "goods"', "E104"),
    Slip("visits = 0", "visits = 0\nvisits = 1", "E105", at="visits = 1"),
    Slip("[applicant]", "[guide]", "E105", at="[guide]\nself_when"),
    Slip('[[stop]]\nid = "too-many"', '[stop]\nid = "too-many"', "E112"),
    Slip("version", 'stop = [{ id = "again" }]\nversion', "E112"),
    Slip('type = "date"', 'type = "date', "E106"),
    Slip("下大雪才停", "下大雪\n才停", "E106"),
    Slip('zh = "一个摊位"', 'zh = "一个"摊位""', "E107"),
    Slip("legal_workdays = 20", "legal_workdays = 二十", "E108"),
    Slip('desk = "民政"', "desk = 民政", "E108"),
    Slip('desk = "民政"', "desk =", "E108"),
    Slip('desk = "民政"', "desk = 000-12345", "E108"),
    Slip('is = "self" }', 'is = "self"', "E110"),
    Slip('["id_number"],\n', '["id_number"]\n', "E110", at='  ["goods", "tables"],\n  ["@m'),
    Slip("birth_date = 1944-03-05", "birth_date = 1944-02-30", "E111"),
    Slip("birth_date = 1944-03-05", "birth_date = 1944/03/05", "E111"),
    Slip("下大雪才停", "下大雪\\才停", "E102"),
)
