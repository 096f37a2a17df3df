"""What is promised, in Chinese: the texts in which targets are written, put into words."""

from __future__ import annotations

import re

__all__ = ["in_words"]

UNITS = {"second": "秒", "minute": "分钟", "hour": "小时"}
DAYS = {"working": "工作日", "calendar": "自然日"}
AMOUNT = re.compile(r"(\d+) (working )?(second|minute|hour)s?")
DAY = re.compile(
    r"(\d+) (working|calendar) days?"
    r"(?: by (?P<at>[\d:]+)|(?P<closing> by closing)|(?P<clamp>, not later than closing))?"
    r"(?:, cut-off (?P<cutoff>[\d:]+))?(?P<today>, counting today)?"
)
INSTANT = re.compile(r"by (\d[\d:.T+-]*Z?)")
COUNT = re.compile(r"(\d+)\.\.(\d+) (.+)")


def in_words(text: str) -> str:
    """A target as :func:`svcstd.sla.write_target` writes it; any other text stays.

    >>> in_words("8 working hours"), in_words("2 working days by 12:00, counting today")
    ('工作时间 8 小时', '2 个工作日，最后一日 12:00 前，受理当天计入')
    """
    first, then, second = text.partition(" then ")
    if then and AMOUNT.fullmatch(first) and AMOUNT.fullmatch(second):
        return f"先{in_words(first)}，再 {in_words(second)}"
    if found := AMOUNT.fullmatch(text):
        number, working, unit = found.groups()
        return f"{'工作时间 ' if working else ''}{number} {UNITS[unit]}"
    if found := DAY.fullmatch(text):
        return _days(found)
    if found := INSTANT.fullmatch(text):
        return f"{found[1]} 前"
    if found := COUNT.fullmatch(text):
        return "{} 至 {} {}".format(*found.groups())
    return text


def _days(found: re.Match[str]) -> str:
    shown = [f"{found[1]} 个{DAYS[found[2]]}"]
    shown += [f"最后一日 {found['at']} 前"] if found["at"] else []
    shown += ["最后一日营业结束前"] if found["closing"] else []
    shown += ["不晚于当日营业结束"] if found["clamp"] else []
    shown += [f"{found['cutoff']} 起受理的算下一工作日"] if found["cutoff"] else []
    shown += ["受理当天计入"] if found["today"] else []
    return "，".join(shown)
