"""A standard cut into files: anywhere, into any formats, the same standard; other languages; nothing from outside."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.test_handbook_shapes import TEXT

from svcstd import StandardError, dumps, loads, loads_folder
from svcstd.documents import parse_text, show_text, untranslated
from svcstd.documents.folder import MOST_FILES
from svcstd.documents.syntax import MOST_CHARACTERS
from svcstd.errors import DefinitionError

HEAD = 'svcstd = 1\nid = "desk"\nname = "Desk"\nzone = "UTC"\n'
ROLES = '[roles.lead]\nname = "Lead"\n[roles]\nclerk = "Clerk"\n'
SMALL = {"standard.toml": HEAD, "people/roles.toml": ROLES}
WHOLE = loads(TEXT)
RAW: dict[str, Any] = parse_text(TEXT, "toml")[0]
FREE = [key for key in RAW if key not in ("svcstd", "id", "name", "zone", "changes")]
FORMS: Any = st.sampled_from(["toml", "yaml", "json"])


@given(st.lists(st.tuples(st.integers(0, 4), FORMS), min_size=len(FREE), max_size=len(FREE)), FORMS, st.booleans())
def test_cut_anywhere(cuts: list[tuple[int, Any]], head_form: Any, apart: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever part goes into whatever file of whatever format, it is the same standard."""
    bins: dict[str, tuple[Any, dict[str, Any]]] = {}
    head = {key: RAW[key] for key in ("svcstd", "id", "name", "zone")}
    if not apart:
        head["changes"] = RAW["changes"]
    for key, (number, form) in zip(FREE, cuts, strict=True):
        if number == 0:
            head[key] = RAW[key]
        else:
            bins.setdefault(f"part{number}.{form}", (form, {}))[1][key] = RAW[key]
    files = {f"standard.{head_form}": show_text(head, head_form)}
    files |= {path: show_text(raw, form) for path, (form, raw) in bins.items()}
    if apart:
        files |= {f"changes/{day}.toml": show_text(told, "toml") for day, told in RAW["changes"].items()}
    assert loads_folder(files) == WHOLE
    assert loads_folder(dict(reversed(files.items()))) == WHOLE


def test_one_file_is_a_folder_of_one() -> None:
    """And a table may be cut as well."""
    assert loads_folder({"standard.toml": TEXT}) == WHOLE
    assert set(loads_folder(SMALL | {"more.yaml": "roles:\n  boss: Boss\n"}).current.roles) == {"lead", "clerk", "boss"}


@pytest.mark.parametrize(
    ("more", "where", "words"),
    [
        ({"more.toml": '[roles]\nlead = "L"\n'}, "people/roles.toml: $.roles.lead", "stands in more.toml as well"),
        ({"more.toml": '[roles.lead]\nname = "L"\n'}, "people/roles.toml: $.roles.lead.name", "stands in more.toml"),
        ({"z.toml": '[roles.lead]\nname = "L"\n'}, "z.toml: $.roles.lead.name", "stands in people/roles.toml"),
        ({"more.toml": 'id = "x"\n'}, "more.toml: $.id", "stands in standard.toml as well"),
        ({"more.toml": "[calendars]\noffice = 5\n"}, "more.toml: $.calendars.office", ""),
        (
            {"changes/2026-07-01.toml": "[calendars]\na = 5\n"},
            "changes/2026-07-01.toml: $.changes.2026-07-01.calendars.a",
            "",
        ),
        ({"changes/soon.toml": 'why = "x"\n'}, "changes/soon.toml: $.changes.soon", ""),
        ({"more.yaml": "roles:\n  x:\n    name: 5\n"}, "more.yaml: $.roles.x.name (line 3", ""),
        ({"more.toml": "colour = 5\n"}, "more.toml: $.colour", "no key here"),
    ],
)
def test_faults_name_their_file(more: dict[str, str], where: str, words: str) -> None:
    """With the path in it; for YAML with line and column."""
    with pytest.raises(StandardError) as caught:
        loads_folder(SMALL | more)
    told = [(fault.where, fault.text()) for fault in caught.value.faults]
    assert any(place.startswith(where) and words in said for place, said in told), told


def test_all_faults_at_once() -> None:
    """Of several files."""
    files = SMALL | {"a.toml": "[calendars]\nx = 5\n", "b.toml": "[calendars]\ny = 5\n"}
    with pytest.raises(StandardError) as caught:
        loads_folder(files)
    assert [fault.where for fault in caught.value.faults] == ["a.toml: $.calendars.x", "b.toml: $.calendars.y"]
    twice = SMALL | {"a.toml": 'id = "a"\n', "b.toml": 'id = "b"\n'}
    with pytest.raises(StandardError) as caught:
        loads_folder(twice)
    assert [fault.where for fault in caught.value.faults] == ["a.toml: $.id", "b.toml: $.id"]


@pytest.mark.parametrize(
    "path",
    ["../up.toml", "/etc/x.toml", "a/../b.toml", "a//b.toml", "./a.toml", "a\\b.toml", "readme.md", "noend", "a/.toml"],
)
def test_no_path_outside(path: str) -> None:
    """A path is names with strokes between them, and ends as one of the three formats."""
    with pytest.raises(DefinitionError, match="no path of a standard within its folder"):
        loads_folder(SMALL | {path: ""})


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "but none"),
        ({"roles.toml": ROLES}, "but none"),
        ({"sub/standard.toml": HEAD}, "but none"),
        ({"standard.toml": HEAD, "standard.json": "{}"}, "standard.toml, standard.json"),
        ({"standard.toml": HEAD + "x = ["}, "standard.toml: "),
        (SMALL | {f"a{number}.toml": "" for number in range(MOST_FILES)}, "more than 500 files"),
        ({"standard.toml": "#" * (MOST_CHARACTERS + 1)}, "600,000 characters"),
        (SMALL | {"lang/english.toml": ""}, "no file of a language"),
        (SMALL | {"lang/more/en.toml": ""}, "no file of a language"),
        (SMALL | {"lang/en.toml": "", "lang/en.yaml": "{}"}, "stands in lang/en.toml as well"),
    ],
)
def test_no_folder(files: dict[str, str], words: str) -> None:
    """No head or two, syntax, too much, languages."""
    with pytest.raises((DefinitionError, StandardError), match=words):
        loads_folder(files)


CHINESE = {
    "standard.toml": """svcstd = 1
id = "desk"
name = "服务台"
zone = "Asia/Shanghai"
[events]
opened = "接到"
closed = "完成"
""",
    "roles.toml": '[roles]\nclerk = "文员"\n[roles.lead]\nname = "主管"\nescalates_to = "clerk"\n',
    "more.toml": """[scripts]
hello = "您好"
[objectives.close]
name = "完成"
clock = { start = "opened", stop = "closed" }
target = "24 hours"
[clauses."4.5.3"]
kind = "conduct"
text = "礼貌。"
[records.call.fields]
name = "text"
text = { kind = "text", name = "内容" }
[procedures.phone]
name = "电话"
start = "a"
lane = "lead"
[procedures.phone.steps]
a = { do = "接听", then = "b" }
b = { end = "结束" }
""",
    "changes/2026-07-01.toml": '[clauses."4.5.3"]\ntext = "很礼貌。"\n',
    "lang/en.toml": """name = "Service desk"
[events]
opened = "received"
closed = { name = "done" }
[roles]
clerk = { name = "Clerk" }
[roles.lead]
name = "Lead"
[scripts]
hello = "Good morning"
[objectives.close]
name = "closed"
[clauses."4.5.3"]
text = "Politely."
[records.call.fields.text]
name = "content"
[procedures.phone]
name = "phone"
[procedures.phone.steps]
a.do = "answer"
b.end = "end"
[changes.2026-07-01.clauses."4.5.3"]
text = "Very politely."
""",
}


def test_another_language() -> None:
    """The words of the file, and nothing else of it."""
    plain, english = loads_folder(CHINESE), loads_folder(CHINESE, language="en")
    first, last = english.editions
    assert (plain.name, english.name) == ("服务台", "Service desk")
    assert (first.events["opened"].name, first.events["closed"].name) == ("received", "done")
    assert (first.roles["clerk"].name, first.roles["lead"].name) == ("Clerk", "Lead")
    assert first.scripts["hello"].text == "Good morning"
    assert first.records["call"].fields.types["text"].name == "content"
    assert first.procedures["phone"].steps["a"].text == "answer"
    assert [one.clauses["4.5.3"].text for one in (first, last)] == ["Politely.", "Very politely."]
    assert untranslated(CHINESE, "en") == ()
    assert loads_folder(CHINESE, language="fr") == plain
    for name in ("clock", "target", "when"):
        assert getattr(first.objectives["close"], name) == getattr(plain.editions[0].objectives["close"], name)


def test_what_is_not_translated() -> None:
    """In the order of the standard; where a name may stand alone, a table with a name is one too."""
    files = CHINESE | {"lang/en.toml": '[roles]\nlead = "Lead"\n[events.closed]\nname = "done"\n[clauses."4.5.3"]\n'}
    assert untranslated(files, "en") == (
        "$.name",
        "$.events.opened",
        "$.changes.2026-07-01.clauses.4.5.3.text",
        "$.scripts.hello",
        "$.objectives.close.name",
        "$.clauses.4.5.3.text",
        "$.records.call.fields.text.name",
        "$.procedures.phone.name",
        "$.procedures.phone.steps.a.do",
        "$.procedures.phone.steps.b.end",
        "$.roles.clerk",
    )
    assert loads_folder(files, language="en").current.roles["lead"].name == "Lead"
    with pytest.raises(DefinitionError, match=r"no words in fr; write lang/fr\.toml, or ask for en"):
        untranslated(files, "fr")


@pytest.mark.parametrize(
    ("words", "where", "told"),
    [
        ('[objectives.close]\ntarget = "1 hours"\n', "$.objectives.close.target", "no word for people"),
        ('[roles.lead]\nescalates_to = "lead"\n', "$.roles.lead.escalates_to", "no word for people"),
        ('[records.call.fields]\nname = "number"\n', "$.records.call.fields.name", "no word for people"),
        ("[objectives.close]\nname = 5\n", "$.objectives.close.name", "no word for people"),
        ('[objectives]\nclose = "closed"\n', "$.objectives.close", "no word for people"),
        ('[objectives.clsoe]\nname = "closed"\n', "$.objectives.clsoe", "write close"),
        ('[roles]\nclrek = "Clerk"\n', "$.roles.clrek", "write clerk"),
        ('zone = "UTC"\n', "$.zone", "no word for people"),
        ('[clauses."4.5.3"]\nkind = "principle"\n', "$.clauses.4.5.3.kind", "no word for people"),
        ('[scripts.hello]\ntext = "Hi"\n', "$.scripts.hello", "no word for people"),
    ],
)
def test_no_rule_in_a_language(words: str, where: str, told: str) -> None:
    """A file of words changes no rule, and speaks of nothing that there is not."""
    with pytest.raises(StandardError) as caught:
        loads_folder(CHINESE | {"lang/en.toml": words}, language="en")
    (fault,) = caught.value.faults
    assert (fault.where, told in fault.text()) == (f"lang/en.toml: {where}", True)


def test_a_name_where_there_was_none() -> None:
    """May be given in the other language alone."""
    files = CHINESE | {"lang/en.toml": '[clauses."4.5.3"]\nname = "x"\n'}
    with pytest.raises(StandardError, match=r"clauses\.4\.5\.3\.name"):
        loads_folder(files, language="en")
    files = CHINESE | {"more.toml": CHINESE["more.toml"].replace('name = "完成"\n', "", 1)}
    assert loads_folder(files, language="en").current.objectives["close"].name == "closed"


def test_round_trip() -> None:
    """What was read from a folder is written as one file."""
    assert loads(dumps(loads_folder(CHINESE, language="en"))) == loads_folder(CHINESE, language="en")


LOG = """[facts]
title = "text"
name = "text"
[log]
id = "ID"
time = "ISO 8601"
event = "E"
at = "A"
[log.facts]
title = "Subject"
[log.kinds]
action = "opened"
"""


def test_a_log_has_no_words() -> None:
    """Columns and kinds of a log are rules, whatever they are called."""
    files = CHINESE | {"log.toml": LOG}
    assert untranslated(files, "en") == ()
    for words in ('log.facts.title = "Other"\n', 'log.kinds.action = "closed"\n', 'log.facts.name = "Column"\n'):
        with pytest.raises(StandardError, match="no word for people"):
            loads_folder(files | {"lang/en.toml": words}, language="en")


@pytest.mark.parametrize("words", ['events.name = "x"\n', 'roles.name = "x"\n', 'scripts.name = "x"\n'])
def test_no_new_entry_in_a_language(words: str) -> None:
    """A name of nothing is nothing."""
    with pytest.raises(StandardError, match="here to translate"):
        loads_folder(CHINESE | {"lang/en.toml": words}, language="en")


def test_words_of_a_pilot() -> None:
    """Are words too, and missed where they are not there; a list does not take the place of a text."""
    pilot = '[pilots.p]\nfrom = 2026-08-01\nscope = {}\nroles.lead.name = "试点主管"\n'
    files = CHINESE | {"pilots.toml": pilot}
    assert untranslated(files, "en") == ("$.pilots.p.roles.lead.name",)
    words = CHINESE["lang/en.toml"] + '[pilots.p.roles.lead]\nname = "Pilot lead"\n'
    english = loads_folder(files | {"lang/en.toml": words}, language="en")
    assert english.pilots["p"].edition.roles["lead"].name == "Pilot lead"
    with pytest.raises(StandardError, match="no word for people"):
        loads_folder(CHINESE | {"lang/en.toml": '[roles.lead]\nname = ["a", "b"]\n'}, language="en")


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"waivers.toml": '[[waivers]]\npart = "x"\n'}, "waivers.toml: $.waivers[0]"),
        (
            {"changes/2026-07-01.toml": 'remove = ["nothing"]\n', "w.toml": '[changes.2026-07-01]\nwhy = "w"\n'},
            "changes/2026-07-01.toml: $.changes.2026-07-01.remove[0]",
        ),
        ({"b.toml": '[roles."first line"]\nfoo = 1\n'}, "b.toml: $.roles.first line.foo"),
    ],
)
def test_the_right_file(more: dict[str, str], where: str) -> None:
    """Also for lists, and for keys with blanks."""
    with pytest.raises(StandardError) as caught:
        loads_folder(SMALL | more)
    assert any(fault.where.startswith(where) for fault in caught.value.faults), [f.where for f in caught.value.faults]


def test_what_stands_nowhere() -> None:
    """A key that no file has is missed in the head."""
    with pytest.raises(StandardError) as caught:
        loads_folder({"standard.yaml": "svcstd: 1\nname: x\nzone: UTC\n"})
    assert [fault.where for fault in caught.value.faults] == ["standard.yaml: $.id (line 1, column 1)"]


@pytest.mark.parametrize("files", [{"standard.toml": b"x"}, {"standard.toml": HEAD, 3: "x"}])
def test_no_texts(files: Any) -> None:
    """Bytes and numbers are refused as such."""
    with pytest.raises(DefinitionError, match="is no text"):
        loads_folder(files)


@pytest.mark.parametrize("path", ["Lang/en.toml", "CHANGES/2026-07-01.toml", "changes/a/2026-07-01.toml"])
def test_folders_of_another_spelling(path: str) -> None:
    """Are no folders of content by chance."""
    with pytest.raises(DefinitionError):
        loads_folder(SMALL | {path: ""})
