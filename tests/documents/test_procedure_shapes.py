"""Forms, scripts and procedures in the file: every key is read, survives every format, and every fault has a path."""

from __future__ import annotations

import jsonschema
import pytest

from svcstd import ServiceStandard, StandardError, dumps, loads
from svcstd.conditions import AllOf, AnyOf, Eq, Range
from svcstd.documents import Format, json_schema, parse_text
from svcstd.procedures import Form, Procedure, Script, Step, Way

FORMATS: tuple[Format, ...] = ("toml", "yaml", "json")
SCHEMA = jsonschema.Draft202012Validator(json_schema())
BASE = """svcstd = 1
id = "desk"
name = "Desk"
zone = "UTC"
[facts]
kind = { one_of = ["fault", "else", "true"] }
easy = "true or false"
days = "integer"
[events]
opened = ""
closed = ""
[objectives.reply]
target = "8 hours"
clock = { start = "opened", stop = "closed" }
[roles]
desk = "Front desk"
field = "Field service"
[routing.intake]
hit = "first"
out = ["role"]
[forms]
intake = { name = "Intake", fields = ["customer", "note?"] }
log = { fields = ["what"] }
[scripts]
hello = "This is {company}."
"""
HEAD = '[procedures.a]\nstart = "x"\nlane = "desk"\n[procedures.a.steps]\n'
END = 'e = { end = "done" }\n'


def read(text: str) -> ServiceStandard:
    """A standard with more below the scripts; the schema takes it, and it survives every format."""
    found = loads(BASE + text)
    SCHEMA.validate(parse_text(BASE + text, "toml")[0])
    for form in FORMATS:
        assert loads(dumps(found, format=form), format=form) == found
    return found


def step(text: str) -> Step:
    """The step called x, in a procedure with steps y and z and an end."""
    rest = 'y = { do = "y", then = "e" }\nz = { do = "z", then = "e" }\n'
    return read(f"{HEAD}x = {text}\n{rest}{END}").current.procedures["a"].steps["x"]


def test_a_procedure_with_every_key() -> None:
    """Its name, lane, start and steps; forms and scripts beside it."""
    edition = read(f'[procedures.a]\nname = "Phone"\nstart = "e"\nlane = "desk"\n[procedures.a.steps]\n{END}').current
    assert edition.forms == {"intake": Form(("customer", "note?"), "Intake"), "log": Form(("what",))}
    assert edition.scripts == {"hello": Script("This is {company}.")}
    assert edition.procedures["a"] == Procedure(
        facts=edition.facts, start="e", steps={"e": Step(kind="end", text="done")}, lane="desk", name="Phone"
    )


FULL = (
    '{ do = "work", lane = "field", fill = ["intake", "log"], forms = "log", say = "hello", starts = "reply", '
    'stops = "reply", reopens = "reply", again = 2, note = "so", then = "e" }'
)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (
            FULL,
            Step(
                text="work",
                lane="field",
                fill=("intake", "log"),
                forms=("log",),
                say="hello",
                starts=("reply",),
                stops=("reply",),
                reopens=("reply",),
                again=2,
                note="so",
                ways=[Way("e")],
            ),
        ),
        ('{ hand = "go", to = "field", then = "e" }', Step(kind="hand", text="go", to="field", ways=[Way("e")])),
        (
            '{ hand = "go", to = "routing.intake", then = "e" }',
            Step(kind="hand", text="go", to="routing.intake", ways=[Way("e")]),
        ),
        (
            '{ ask = "?", by = "easy", then = { true = "y", false = "e" } }',
            Step(kind="ask", text="?", ways=[Way("y", Eq("easy", True)), Way("e", Eq("easy", False))]),
        ),
        (
            '{ ask = "?", by = "kind", then = { fault = "y", true = "z", else = "e" } }',
            Step(
                kind="ask",
                text="?",
                ways=[Way("y", Eq("kind", "fault")), Way("z", Eq("kind", "true")), Way("e", otherwise=True)],
            ),
        ),
        (
            '{ ask = "?", by = "days", then = { "< 3" = "y", "[3..5]" = "z", 7 = "e" } }',
            Step(
                kind="ask",
                text="?",
                ways=[
                    Way("y", Range("days", None, 3, high_closed=False)),
                    Way("z", Range("days", 3, 5)),
                    Way("e", Eq("days", 7)),
                ],
            ),
        ),
        (
            '{ ask = "?", then = [{ when = { easy = true, days = 1 }, to = "y" }, { else = "e" }] }',
            Step(
                kind="ask",
                text="?",
                ways=[Way("y", AllOf((Eq("easy", True), Eq("days", 1)))), Way("e", otherwise=True)],
            ),
        ),
        (
            '{ ask = "?", then = [{ when = { kind = "else" }, to = "y" }, { when = { easy = true }, to = "e" }] }',
            Step(kind="ask", text="?", ways=[Way("y", Eq("kind", "else")), Way("e", Eq("easy", True))]),
        ),
        (
            '{ ask = "?", then = [{ when = { any_of = [{ easy = true }, { days = 1 }] }, to = "y" }, { else = "e" }] }',
            Step(
                kind="ask",
                text="?",
                ways=[Way("y", AnyOf((Eq("easy", True), Eq("days", 1)))), Way("e", otherwise=True)],
            ),
        ),
        (
            '{ ask = "?", then = [{ when = { days = 1 }, to = "y" }, { when = { days = 1 }, to = "e" }] }',
            Step(kind="ask", text="?", ways=[Way("y", Eq("days", 1)), Way("e", Eq("days", 1))]),
        ),
        ('{ ask = "?", then = [{ else = "e" }] }', Step(kind="ask", text="?", ways=[Way("e", otherwise=True)])),
    ],
)
def test_a_step_with_every_key(text: str, made: Step) -> None:
    """What it does, who takes over, forms, scripts and clocks; ways as a step, a table by a fact, or a list."""
    assert step(text) == made


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("[procedures.a]\nsteps = {}\n", "a.start", "shape.missing"),
        ('[procedures.a]\nstart = "x"\nsteps = 5\n', "a.steps", "shape.kind"),
        ('[procedures.a]\nstart = "x"\nsteps = {}\n', "a.steps", "shape.bounds"),
        (HEAD + "x = 5\n", "a.steps.x", "shape.kind"),
        (HEAD + 'x = { du = "y" }\n', "a.steps.x.du", "shape.unknown_key"),
        (HEAD + 'x = { then = "x" }\n', "a.steps.x", "procedures.kind"),
        (HEAD + 'x = { do = "y", end = "z" }\n', "a.steps.x", "procedures.kind"),
        (HEAD + 'x = { do = "y" }\n', "a.steps.x.then", "procedures.then"),
        (HEAD + 'x = { end = "y", then = "x" }\n', "a.steps.x.then", "procedures.then"),
        (HEAD + 'x = { do = "y", to = "field", then = "e" }\n' + END, "a.steps.x.to", "procedures.to"),
        (HEAD + 'x = { do = "y", then = "z" }\n', "a.steps.x.then", "procedures.step"),
        (HEAD + 'x = { do = "y", then = 5 }\n', "a.steps.x.then", "shape.kind"),
        (HEAD + 'x = { do = "y", then = { true = "e" } }\n', "a.steps.x.then", "shape.kind"),
        (HEAD + 'x = { do = "y", by = "easy", then = "e" }\n', "a.steps.x.by", "procedures.by"),
        (HEAD + 'x = { do = "y", by = "esy", then = { true = "e" } }\n', "a.steps.x.by", "facts.name"),
        (HEAD + 'x = { do = "y", by = "easy", then = { yes = "e" } }\n', "a.steps.x.then.yes", "facts.kind"),
        (HEAD + 'x = { do = "y", by = "days", then = { ">> 1" = "e" } }\n', "a.steps.x.then.>> 1", "facts.test"),
        (HEAD + 'x = { do = "y", by = "easy", then = { true = 5 } }\n', "a.steps.x.then.true", "shape.kind"),
        (HEAD + "x = { do = 'y', then = [5] }\n", "a.steps.x.then[0]", "shape.kind"),
        (HEAD + "x = { do = 'y', then = [{ to = 'e' }] }\n", "a.steps.x.then[0]", "shape.kind"),
        (
            HEAD + "x = { do = 'y', then = [{ when = { esy = 1 }, to = 'e' }] }\n",
            "a.steps.x.then[0].when.esy",
            "facts.name",
        ),
        (
            HEAD + "x = { do = 'y', then = [{ else = 'e' }, { else = 'e' }] }\n" + END,
            "a.steps.x.then",
            "procedures.else",
        ),
        (HEAD + 'x = { do = "y", lane = "fild", then = "e" }\n' + END, "a.steps.x.lane", "roles.unknown"),
        (HEAD + 'x = { hand = "y", to = "fild", then = "e" }\n' + END, "a.steps.x.to", "roles.unknown"),
        (HEAD + 'x = { hand = "y", to = "routing.intke", then = "e" }\n' + END, "a.steps.x.to", "rules.no_table"),
        (HEAD + 'x = { do = "y", fill = "intke", then = "e" }\n' + END, "a.steps.x.fill", "forms.unknown"),
        (HEAD + 'x = { do = "y", forms = "intke", then = "e" }\n' + END, "a.steps.x.fill", "forms.unknown"),
        (HEAD + 'x = { do = "y", say = "helo", then = "e" }\n' + END, "a.steps.x.say", "scripts.unknown"),
        (HEAD + 'x = { do = "y", starts = "rply", then = "e" }\n' + END, "a.steps.x", "objective.unknown"),
        (HEAD.replace('"desk"', '"dsk"') + 'x = { do = "y", then = "e" }\n' + END, "a.lane", "roles.unknown"),
    ],
)
def test_a_fault_of_a_procedure_has_its_path(text: str, where: str, message: str) -> None:
    """And the message that names the way out."""
    with pytest.raises(StandardError) as refused:
        loads(BASE + text)
    told = [(one.where.removeprefix("$.procedures.").split(" (line")[0], one.message) for one in refused.value.faults]
    assert (where, message) in told


@pytest.mark.parametrize(
    ("part", "where", "message"),
    [
        ("[forms]\na = { fields = [] }\n", "$.forms.a.fields", "shape.empty"),
        ('[forms]\na = { fields = ["x", "x?"] }\n', "$.forms.a.fields", "forms.twice"),
        ('[scripts]\na = "{"\n', "$.scripts.a", "forms.script"),
        ("[scripts]\na = 5\n", "$.scripts.a", "shape.kind"),
    ],
)
def test_a_fault_of_forms_and_scripts_has_its_path(part: str, where: str, message: str) -> None:
    """And the message that names the way out."""
    with pytest.raises(StandardError) as refused:
        loads(BASE[: BASE.index("[forms]")] + part)
    assert [(one.where.split(" (line")[0], one.message) for one in refused.value.faults] == [(where, message)]


def test_a_fact_that_cannot_be_read_is_told_once() -> None:
    """Not again by every step that reads it."""
    text = HEAD + 'x = { ask = "?", by = "days", then = { 1 = "e" } }\n' + END
    with pytest.raises(StandardError) as refused:
        loads(BASE.replace('days = "integer"', 'days = "intger"') + text)
    assert [one.where.split(" (line")[0] for one in refused.value.faults] == ["$.facts.days"]
