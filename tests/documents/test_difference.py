"""What differs between two standards, in words: every place once, and nothing else."""

from __future__ import annotations

import pytest

from svcstd import loads
from svcstd.documents import PartChange, diff, diff_editions

HEAD = """svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
[facts]
priority = { one_of = ["P1", "P2"] }
vip = "true or false"
[events]
opened = "opened"
closed = "closed"
[kpis.share]
of = "case"
count = { vip = true }
out_of = {}
empty = "zero"
better = "more"
unit = "share"
[records.case]
fields = { vip = "true or false" }
[objectives.close]
clock = { start = "opened", stop = "closed" }
by = "priority"
target = { P1 = "4 hours", P2 = "8 hours" }
goal = "95 %"
"""


ARTICLE = '[articles.a]\ntitle = "A"\ntext = "B"\n'


def told(*changes: tuple[str, str]) -> list[str]:
    """The differences that some changes of the text make."""
    text = HEAD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return [one.sentence() for one in diff(loads(HEAD), loads(text))]


def test_nothing_differs() -> None:
    """The same, and the same in other words."""
    assert told() == []
    assert told(('name = "Desk"', 'name    = "Desk"')) == []


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('P1 = "4 hours"', 'P1 = "2 hours"', 'objectives.close.target.P1: "4 hours" before, "2 hours" now'),
        (', P2 = "8 hours"', ', else = "8 hours"', None),
        ('goal = "95 %"\n', "", 'objectives.close.goal: gone, "95 %" before'),
        ('["P1", "P2"]', '["P1", "P2", "P3"]', 'facts.priority.one_of: ["P1", "P2"] before, ["P1", "P2", "P3"] now'),
        ('name = "Desk"', 'name = "Table"', 'name: "Desk" before, "Table" now'),
        ("[kpis.share]", ARTICLE + "[kpis.share]", 'articles.a: new, { title = "A", text = "B" }'),
        ("goal", "order = 3\ngoal", "objectives.close.order: new, 3"),
        ("count = { vip = true }", "count = { vip = false }", "kpis.share.count.vip: true before, false now"),
    ],
)  # fmt: skip
def test_one_place(old: str, new: str, wanted: str | None) -> None:
    """Each as the file writes it; an entry that is new or gone is told as a whole."""
    found = told((old, new))
    assert found == ([wanted] if wanted else [
        'objectives.close.target.P2: gone, "8 hours" before',
        'objectives.close.target.else: new, "8 hours"',
    ])  # fmt: skip


def test_a_part_that_is_new_is_told_entry_by_entry() -> None:
    """And one that is gone as well."""
    more = (
        "[kpis.share]",
        '[articles]\na = { title = "A", text = "B" }\nb = { title = "C", text = "D" }\n[kpis.share]',
    )
    assert [one.partition(":")[0] for one in told(more)] == ["articles.a", "articles.b"]
    both = diff(loads(HEAD.replace(*more)), loads(HEAD))
    assert [(one.path, one.after) for one in both] == [("articles.a", None), ("articles.b", None)]


def test_editions() -> None:
    """Without their days and reasons; decimals as they are."""
    text = HEAD + '[changes.2026-07-01]\nwhy = "faster"\nobjectives.close.target.P1 = "90 minutes"\n'
    first, second = loads(text).editions
    assert [one.sentence() for one in diff_editions(first, second)] == [
        'objectives.close.target.P1: "4 hours" before, "90 minutes" now'
    ]
    assert diff_editions(first, first) == ()


def test_numbers() -> None:
    """Decimals keep their digits."""
    scale = HEAD + "[scales.stars]\nfrom = 1\nto = 5\nstep = 0.5\n"
    (one,) = diff(loads(scale), loads(scale.replace("0.5", "0.25")))
    assert one == PartChange(path="scales.stars.step", before="0.5", after="0.25")


def test_in_chinese() -> None:
    """The same places."""
    (one,) = diff(loads(HEAD), loads(HEAD.replace("4 hours", "2 hours")))
    assert one.sentence("zh") == 'objectives.close.target.P1：原为 "4 hours"，现为 "2 hours"'
