"""The few words of the panel, in the languages of svcstd's reasons; names of promises and teams are as they stand."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "What we promise",
        "due": "due {due}",
        "no_due": "no due time for now",
        "left": "{amount} left",
        "working_left": "{amount} of working time left",
        "late_by": "late by {amount}",
        "working_late_by": "late by {amount} of working time",
        "used": "used up",
        "why": "Why",
        "promised": "promised {target}",
        "handled_by": "Handled by",
        "next": "Next, if nothing else happens",
        "running": "running",
        "paused": "paused",
        "cancelled": "cancelled",
        "met": "kept",
        "met_late": "kept too late",
        "late_open": "late",
        "waived": "waived",
        "excluded": "not counted",
        "unknown": "unknown",
    },
    "zh": {
        "title": "我们的承诺",
        "due": "到期 {due}",
        "no_due": "暂无到期时间",
        "left": "还剩 {amount}",
        "working_left": "还剩工作时间 {amount}",
        "late_by": "已逾期 {amount}",
        "working_late_by": "已逾期工作时间 {amount}",
        "used": "已用",
        "why": "原因",
        "promised": "承诺 {target}",
        "handled_by": "负责团队",
        "next": "若无其他变化",
        "running": "进行中",
        "paused": "暂停中",
        "cancelled": "已取消",
        "met": "已兑现",
        "met_late": "逾期兑现",
        "late_open": "已逾期",
        "waived": "已豁免",
        "excluded": "不计入",
        "unknown": "未知",
    },
}
