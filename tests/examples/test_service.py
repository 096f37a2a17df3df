"""The service of the examples: what its README says, and what clients, workers and late news may do to it.

On SQLite always; on PostgreSQL too where ``DATABASE_URL`` names one, in schemas of their own that are dropped again.
"""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache, partial
from importlib import import_module
from itertools import count, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

for package in ("flask", "jinja2", "sqlalchemy"):
    pytest.importorskip(
        package, reason=f"the service needs {package}: pip install -r examples/service/requirements.txt"
    )

sql = import_module("sqlalchemy")
tables, desks, telling, worker, application, database, outbox, reports = (
    import_module(f"examples.service.{name}")
    for name in ("tables", "desk", "telling", "worker", "app", "database", "outbox", "reports")
)
FOLDER = Path(__file__).parents[2] / "examples" / "service"
STANDARD = (FOLDER / "desk.toml").read_text(encoding="utf-8")
SAMPLE = json.loads((FOLDER / "sample.json").read_text(encoding="utf-8"))
URLS = [url for url in ("sqlite", os.environ.get("DATABASE_URL", "")) if url]
SCHEMAS = count()
READ = cache(desks.loads)
TABLES = (tables.CaseRow, tables.EventRow, tables.MoveRow, tables.ReadingRow, tables.NoticeRow)


def at(day: int, hour: int, minute: int = 0, *, micro: int = 0) -> datetime:
    """A moment of March 2026 in Shanghai, whose second day is a Monday."""
    return datetime.fromisoformat(f"2026-03-{day:02d}T{hour:02d}:{minute:02d}:00+08:00") + timedelta(0, 0, micro)


def told(name: str, event: str, when: datetime, **more: Any) -> dict[str, Any]:
    """An event as a client tells it."""
    return {"id": name, "event": event, "at": when.isoformat(), **more}


BY_AGENT = {"details": {"by": "agent"}}


class Watch:
    """A clock that is set by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The time."""
        return self.now


@pytest.fixture(params=URLS, ids=["SQLite", "PostgreSQL"][: len(URLS)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """An empty database."""
    if request.param == "sqlite":
        found = database.connect(f"sqlite:///{tmp_path / 'desk.db'}")
        yield found
        found.close()
        return
    schema = f"svcstd_{os.getpid()}_{next(SCHEMAS)}"
    address = sql.make_url(request.param).set(drivername="postgresql+psycopg")
    admin = sql.create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    found = database.connect(address.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(False))
    yield found
    found.close()
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
    admin.dispose()


@pytest.fixture
def watch() -> Watch:
    """Tuesday 3 March 2026, half past nine in the morning."""
    return Watch(at(3, 9, 30))


@pytest.fixture
def desk(store: Any, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A desk with its standard; a text is read once for all tests, for it always means the same."""
    monkeypatch.setattr(desks, "loads", READ)
    made = desks.Desk(store, watch)
    made.deploy(STANDARD)
    return made


@pytest.fixture
def client(desk: Any) -> Any:
    """HTTP without a wire."""
    return application.create_app(desk).test_client()


def rows(store: Any, table: Any) -> list[dict[str, Any]]:
    """All of a table, in the order of its primary key."""
    with store.engine.connect() as connection:
        found = connection.execute(sql.select(table.__table__).order_by(*table.__table__.primary_key))
        return [dict(row._mapping) for row in found]


def everything(store: Any) -> list[list[dict[str, Any]]]:
    """All that is stored."""
    return [rows(store, table) for table in TABLES]


def opened(desk: Any, case: str = "T-9", when: datetime | None = None, priority: str = "P1", *events: Any) -> Any:
    """A fault that arrived on Tuesday at nine, or at another moment."""
    first = told("1", "opened", when or at(3, 9), group="desk")
    return desk.open(case, {"priority": priority, "kind": "fault"}, [first, *events])


# ── what the README says ──


def _curls() -> list[tuple[str, str]]:
    """Each command of the README with the output below it."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    told = [one for block in blocks for one in re.split(r"^\$ ", block, flags=re.MULTILINE) if one.startswith("curl")]
    return [(command, output) for command, _, output in (one.partition("\n") for one in told)]


def _asked(client: Any, command: str) -> Any:
    """The answer to a command of curl."""
    body, address, words = None, "", iter(shlex.split(command)[1:])
    for word in words:
        if word in {"-d", "--data-binary"}:
            data = next(words)
            body = Path(data[1:]).read_text(encoding="utf-8") if data.startswith("@") else data
        elif word == "-o":
            next(words)
        elif word != "-s":
            address = word
    path = address.removeprefix("localhost:8080")
    return client.get(path) if body is None else client.post(path, data=body)


def test_readme(desk: Any, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command is answered as it is printed."""
    monkeypatch.chdir(FOLDER.parents[1])
    for one in SAMPLE:
        desk.open(one["id"], one["facts"], one["events"])
    commands = _curls()
    assert len(commands) == 11
    for command, printed in commands:
        answer = _asked(client, command)
        assert (answer.status_code >= 400) == ("error" in printed), command
        if printed:
            shown, got = (
                re.sub(r"content [0-9a-f]{16}", "content", text) for text in (printed, answer.get_data(as_text=True))
            )
            assert json.loads(got) == json.loads(shown), command


def test_the_sample_by_hand(desk: Any, watch: Watch) -> None:
    """Due times that anybody can count on the wall: four and sixteen hours of work, from nine to five, less lunch."""
    for one in SAMPLE:
        desk.open(one["id"], one["facts"], one["events"])
    found = {case: desk.readings(case)["solve"] for case in ("T-1", "T-2", "T-3")}
    assert found["T-1"].due == at(2, 14)
    assert found["T-1"].verdict == "met_late"
    assert (found["T-2"].due, found["T-2"].remaining) == (None, timedelta(hours=11))  # 10-12 and 13-16 were used
    assert (found["T-3"].due, found["T-3"].remaining) == (at(3, 11), timedelta(hours=1, minutes=30))
    watch.now = at(3, 11)
    assert desk.readings("T-3")["solve"].verdict == "open"  # at its due time it is not late
    watch.now = at(3, 11, micro=1)
    assert desk.readings("T-3")["solve"].verdict == "late_open"


# ── attacks: the same again, out of order, late, unreadable, at once ──


@pytest.mark.usefixtures("desk")
def test_told_twice(client: Any, store: Any) -> None:
    """The same case and events change nothing; another content under the same id is refused and changes nothing."""
    body = {"id": "T-9", "facts": {"priority": "P1"}, "events": [told("1", "opened", at(3, 9))]}
    message = told("2", "message", at(3, 9, 20), **BY_AGENT)
    assert client.post("/cases", json=body).status_code == 201
    assert client.post("/cases/T-9/events", json=[message, message]).status_code == 201
    before = everything(store)
    assert client.post("/cases", json=body).status_code == 200
    again = client.post("/cases/T-9/events", json=message)
    assert (again.status_code, again.json["new_events"]) == (200, [])
    other = client.post("/cases/T-9/events", json=[told("3", "closed", at(3, 9, 25)), message | {"actor": "Li"}])
    assert other.status_code == 409
    assert client.post("/cases", json=body | {"facts": {"priority": "P2"}}).status_code == 409
    assert everything(store) == before
    assert [row["id"] for row in before[1]] == ["1", "2"]


def test_out_of_order(desk: Any) -> None:
    """Events told in any order, one by one, lead to the same stored readings."""
    events = [
        told("m", "message", at(3, 9, 10), **BY_AGENT),
        told("h", "hold", at(3, 9, 15)),
        told("c", "message", at(3, 9, 20), details={"by": "customer"}),
        told("x", "closed", at(3, 9, 25)),
    ]
    stored = []
    for number, order in enumerate(list(permutations(events))[::2]):
        case = f"T-{number}"
        opened(desk, case)
        for event in order:
            desk.tell(case, [event])
        mine = [row for row in rows(desk.database, tables.ReadingRow) if row["case"] == case]
        stored.append([{name: row[name] for name in row if name not in {"case", "whole"}} for row in mine])
        assert desk.readings(case)["solve"].elapsed == timedelta(minutes=20)  # the pause took five of 25
    assert all(one == stored[0] for one in stored)


def test_late_news(desk: Any, client: Any, watch: Watch) -> None:
    """An answer that is told hours after it was given turns the verdict; what was known before can still be read."""
    opened(desk)
    watch.now = at(3, 15)
    assert desk.wake() == ("T-9",)
    assert [row["verdict"] for row in rows(desk.database, tables.ReadingRow)] == ["late_open", "late_open"]
    desk.tell("T-9", [told("2", "closed", at(3, 10))])
    assert [row["verdict"] for row in rows(desk.database, tables.ReadingRow)] == ["met", "met"]
    assert desk.readings("T-9", known_at=at(3, 14, 59))["solve"].verdict == "late_open"
    answer = client.get("/cases/T-9/late-events", query_string={"known_at": at(3, 14, 59).isoformat()})
    turned = {one["objective"] for one in answer.json if "late_open before, met now" in one["what"]}
    assert turned == {"first_reply", "solve"}
    sent = [row["key"] for row in rows(desk.database, tables.NoticeRow)]
    assert len(sent) == 3  # what people were told stays on record


REFUSED: list[tuple[str, Any, str]] = [
    ("events", told("2", "clsed", at(3, 9)), "the event 'clsed' is not declared"),
    ("events", [told("2", "closed", at(3, 9)), told("3", "clsed", at(3, 9))], "the event 'clsed' is not declared"),
    ("events", told("2", "closed", at(3, 9)) | {"at": "2026-03-03T09:00:00"}, "has no offset"),
    ("events", told("2", "closed", at(3, 9)) | {"at": 7}, "7 is no moment"),
    ("events", told("2", "closed", at(3, 9)) | {"at": "0001-01-01T00:00:00Z"}, "beyond the years"),
    ("events", told("2", "closed", at(3, 9)) | {"when": "now"}, "event.when: no such key"),
    ("events", told("2", "closed", at(3, 9), facts={"priorty": "P1"}), "priorty"),
    ("events", told("2", "closed", at(3, 9), facts={"priority": "P7"}), "P7"),
    ("events", told("2", "closed", at(3, 9), facts={"priority": 1.5}), "facts.priority"),
    ("events", told("2", "closed", at(3, 9), facts={"worth": "much"}), "facts.worth"),
    ("events", told("2", "closed", at(3, 9), facts=[]), "is no object"),
    ("events", told("2", "closed", at(3, 9), actor=7), "event.actor"),
    ("events", told("2", "closed", at(3, 9), seq=True), "event.seq"),
    ("events", told("", "closed", at(3, 9)), "event.id"),
    ("events", told("a\0b", "closed", at(3, 9)), "event.id"),
    ("events", told("a" * 201, "closed", at(3, 9)), "event.id"),
    ("events", {"event": "closed", "at": at(3, 9).isoformat()}, "event.id"),
    ("events", [[]], "is no object"),
    ("case", {"id": "T-10", "facts": {"priority": ["P1"]}, "events": []}, "facts.priority"),
    ("case", {"id": "T-10", "facts": {"priority": {"P1": 1}}, "events": []}, "priority"),
    ("case", {"id": "T-10", "facts": None}, "is no object"),
    ("case", {"id": 10}, "is no id"),
    ("case", {"id": "T-10", "colour": "red"}, "colour: no such key"),
    ("case", [], "is no object"),
]


def test_what_cannot_be_read(client: Any, desk: Any, store: Any) -> None:
    """400 with where, what and how to mend it; nothing of it is stored, not even what was sound."""
    opened(desk)
    before = everything(store)
    for what, body, words in REFUSED:
        answer = client.post("/cases" if what == "case" else "/cases/T-9/events", json=body)
        assert (answer.status_code, words in answer.json["error"]) == (400, True), (body, answer.json)
    assert everything(store) == before


def test_no_json(client: Any, desk: Any) -> None:
    """What is no JSON is refused, deep nesting, NaN and endless numbers too."""
    opened(desk)
    for body in (b"{", b"[NaN]", b"\xff", b"[" * 100_000, b'[{"seq": ' + b"9" * 5000 + b"}]"):
        answer = client.post("/cases/T-9/events", data=body)
        assert (answer.status_code, answer.json["where"]) == (400, "body"), body[:20]


QUESTIONS = [
    ("/cases/T-1", 404, "no case 'T-1'"),
    ("/cases/T%00", 404, "no case"),
    ("/cases/T-9?language=fr", 400, "'fr' is none of en, zh"),
    ("/cases/T-9?for=boss", 400, "'boss' is none of agent, customer"),
    ("/cases/T-9?as_of=noon", 400, "'noon' is no moment"),
    ("/cases/T-9?as_of=2026-03-03T11:00:00%2B08:00", 200, ""),
    ("/cases/T-9?as_of=2026-03-03T11:00:00+08:00", 200, ""),  # as many clients send it
    ("/cases/T-9/late-events", 400, "known_at: it is missing"),
    ("/cases/T-1/late-events?known_at=2026-03-03T01:00:00Z", 404, "no case 'T-1'"),
    ("/report?day=March", 400, "'March' is no date"),
    ("/report?of=year", 400, "'year' is none of day, week"),
    ("/nothing", 404, "not found"),
]


def test_wrong_questions(client: Any, desk: Any) -> None:
    """Each has an answer in JSON that says what is wrong."""
    opened(desk)
    for path, status, words in QUESTIONS:
        answer = client.get(path)
        assert (answer.status_code, words in answer.json.get("error", "")) == (status, True), (path, answer.json)


def test_wrong_posts(client: Any, desk: Any) -> None:
    """No such case, no such table, too large a body, a standard with faults: all of them are told."""
    assert client.post("/cases/T-1/events", json=told("1", "opened", at(3, 9))).status_code == 404
    assert "intake" in client.post("/route/intke", json={}).json["error"]
    assert client.post("/cases", data=b" " * 1_000_001).status_code == 413
    assert client.post("/standards", data=b"\xff").status_code == 400
    faulty = client.post("/standards?language=zh", data=STANDARD.replace("4 working hours", "4 hurs").encode())
    assert faulty.status_code == 400
    assert "$.objectives.solve" in faulty.json["error"]
    assert len(rows(desk.database, tables.StandardRow)) == 1


ODD = ["opened", "promised", at(3, 9).isoformat(), "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1e999"]
TEXTS = st.text(max_size=8) | st.sampled_from(ODD)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
NAMES = TEXTS | st.sampled_from(["priority", "kind", "worth"])
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3))
EVENTS = st.fixed_dictionaries(
    {"id": TEXTS, "event": TEXTS, "at": TEXTS},
    optional=dict.fromkeys(("facts", "details", "seq", "actor", "group", "reason", "due", "since"), VALUES),
)


def test_whatever_is_sent(client: Any, desk: Any) -> None:
    """No body and no question makes the service fail: each is taken, or refused with a reason."""
    opened(desk)
    client.application.testing = True  # what is not answered is raised

    @settings(max_examples=25, deadline=None)
    @given(VALUES | EVENTS | st.lists(EVENTS, max_size=3), TEXTS)
    def ask(body: Any, text: str) -> None:
        for path in ("/cases/T-9/events", "/cases", "/route/intake"):
            answer = client.post(path, data=json.dumps(body))
            assert answer.status_code in {200, 201, 400, 409}
            assert answer.status_code < 400 or answer.json["error"]
        for name in ("as_of", "known_at", "language", "for"):
            assert client.get("/cases/T-9", query_string={name: text}).status_code in {200, 400}

    ask()


def test_nothing_is_deployed(store: Any, watch: Watch) -> None:
    """Without a standard there is nothing to promise."""
    client = application.create_app(desks.Desk(store, watch)).test_client()
    assert client.post("/cases", json={"id": "T-1"}).status_code == 404
    assert client.post("/route/intake", json={}).status_code == 404
    assert client.get("/report").status_code == 404


def _at_once(tasks: list[Callable[[], Any]]) -> list[Any]:
    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.result() for future in [pool.submit(task) for task in tasks]]


def test_two_writers_at_once(desk: Any, store: Any) -> None:
    """Eight writers tell a case, one event each and one that all tell: as if one had come after the other."""
    opening = [lambda: opened(desk) for _ in range(8)]
    assert sorted(one.is_new for one in _at_once(opening)) == [False] * 7 + [True]
    own = [told(f"m{number}", "message", at(3, 9, 1 + number), details={"by": "customer"}) for number in range(8)]
    same = told("same", "message", at(3, 9, 20), **BY_AGENT)
    found = _at_once([partial(desk.tell, "T-9", [event, same]) for event in own])
    assert sum("same" in one.events for one in found) == 1
    assert sorted(row["place"] for row in rows(store, tables.EventRow)) == list(range(10))
    assert [row["verdict"] for row in rows(store, tables.ReadingRow)] == ["met", "open"]
    alone = desks.Desk(store, desk.now)
    opened(alone, "T-10")
    alone.tell("T-10", [*own, same])
    stored = rows(store, tables.ReadingRow)
    kept = [
        [{name: row[name] for name in row if name not in {"case", "whole"}} for row in half]
        for half in (stored[:2], stored[2:])
    ]
    assert kept[0] == kept[1]


# ── laws ──


def test_the_same_events_the_same_rows(desk: Any, store: Any) -> None:
    """Read again at the same instant, every row is the same, to the letter."""
    for one in SAMPLE:
        desk.open(one["id"], one["facts"], one["events"])
    before = everything(store)
    with store.writes() as session:
        session.execute(sql.update(tables.CaseRow).values(wake_at=0))
    assert desk.wake() == ("T-1", "T-2", "T-3")
    assert everything(store) == before


def test_a_case_keeps_its_standard(desk: Any, store: Any, watch: Watch) -> None:
    """Half the time is promised from now on: to new cases. What runs keeps its promise, also with other processes."""
    opened(desk, "old")
    shorter = STANDARD.replace('P1 = "4 working hours"', 'P1 = "2 working hours"')
    desk.deploy(shorter)
    watch.now += timedelta(seconds=1)
    opened(desk, "new")
    other = desks.Desk(store, watch)
    other.tell("old", [told("2", "message", at(3, 9, 20), **BY_AGENT)])
    assert [other.readings(case)["solve"].due for case in ("old", "new")] == [at(3, 14), at(3, 11)]
    watch.now = at(3, 12)
    report = reports.report_of(other, reports.period_of(other, "day", at(3, 9).date()))
    assert [(key, count.late_open) for key, count in report.promises] == [
        (("first_reply", ""), 1),
        (("solve", "P1"), 1),
    ]
    desk.deploy(STANDARD)  # the old text again, for cases from now on
    opened(desk, "newest", at(3, 11))
    assert desk.readings("newest")["solve"].due == at(3, 16)
    assert len(rows(store, tables.StandardRow)) == 2


def test_a_case_is_moved(desk: Any, client: Any, store: Any, watch: Watch) -> None:
    """With a reason, which stays on record, a case is put under the new standard, and it is told what that turned."""
    opened(desk)
    old = rows(store, tables.CaseRow)[0]["standard"]
    watch.now = at(3, 12)
    new = desk.deploy(STANDARD.replace('P1 = "4 working hours"', 'P1 = "2 working hours"'))
    for because in (None, 7, " ", "a\0b", "\ud800"):
        assert client.post("/cases/T-9/standard", data=json.dumps({"because": because})).status_code == 400
    assert client.post("/cases/T-1/standard", json={"because": "shorter"}).status_code == 404
    assert rows(store, tables.MoveRow) == []
    turned = client.post("/cases/T-9/standard", json={"because": "shorter"}).json
    assert "solved: open before, late_open now" in [one["what"] for one in turned]
    assert desk.readings("T-9")["solve"].due == at(3, 11)
    (move,) = rows(store, tables.MoveRow)
    assert (move["old"], move["new"], move["because"]) == (old, new, "shorter")
    renamed = STANDARD.replace("opened", "received")
    desk.deploy(renamed)
    watch.now += timedelta(seconds=1)
    desk.deploy(renamed)
    before = everything(store)
    refused = client.post("/cases/T-9/standard", json={"because": "other words"})
    assert (refused.status_code, "opened" in refused.json["error"]) == (400, True)
    assert everything(store) == before


def test_a_case_keeps_its_edition(desk: Any) -> None:
    """Within one text, the edition of its first day is that of a case for good."""
    desk.deploy(STANDARD + '[changes.2026-03-03]\nwhy = "shorter"\nobjectives.solve.target.P1 = "1 working hour"\n')
    opened(desk, "old", at(2, 16, 30))
    opened(desk, "new", at(3, 9))
    found = [desk.readings(case)["solve"] for case in ("old", "new")]
    assert [(one.edition, one.due) for one in found] == [
        ("", at(3, 12, 30) + timedelta(hours=1)),
        ("2026-03-03", at(3, 10)),
    ]


def test_stored_verdicts_are_right_between_wakes(desk: Any, store: Any, watch: Watch) -> None:
    """Waking only who asked to be woken, what is stored agrees with a fresh reading at any instant."""
    opened(desk, "one", at(3, 9), "P1", told("2", "hold", at(3, 9, 20)))
    opened(desk, "two", at(3, 9), "P1")
    opened(desk, "three", at(3, 9), "P2", told("2", "message", at(3, 9, 10), **BY_AGENT))
    desk.tell("one", [told("3", "message", at(3, 10, 30), details={"by": "customer"})])  # told ahead of its time
    woken = 0
    edges = [at(3, 11), at(3, 12), at(3, 14), at(3, 14, 10), at(3, 15, 10), at(4, 15), at(5, 11)]
    instants = [edge + timedelta(microseconds=step) for edge in edges for step in (-1, 0, 1)]
    instants += [at(3, 9, 30) + timedelta(minutes=37 * number) for number in range(60)]
    for watch.now in sorted(instants):
        woken += len(desk.wake())
        fresh = {case: desk.readings(case) for case in ("one", "two", "three")}
        for row in rows(store, tables.ReadingRow):
            one = fresh[row["case"]][row["objective"]]
            stored = row["verdict"], row["activity"], row["due"]
            assert stored == (one.verdict, one.activity, one.due_at), watch.now
    assert 10 <= woken <= 20  # of more than 200 that a poll would have read
    assert not [row for row in rows(store, tables.CaseRow) if row["wake_at"] is not None]


def test_at_one_instant_the_order_of_telling_decides(desk: Any) -> None:
    """Of two events of the same instant, what was told last holds, whatever their ids and however often we read."""
    opened(desk)
    desk.tell("T-9", [told("z", "assigned", at(3, 9, 20), facts={"priority": "P2"})])
    desk.tell("T-9", [told("a", "assigned", at(3, 9, 20), facts={"priority": "P1"})])
    assert desk.readings("T-9")["solve"].row == "P1"


def test_what_is_no_longer_promised(desk: Any, store: Any) -> None:
    """Late news that a promise never held takes its row away."""
    desk.deploy(STANDARD.replace('name = "solved"', 'name = "solved"\nwhen = { kind = "fault" }'))
    desk.now.now += timedelta(seconds=1)
    opened(desk)
    assert [row["objective"] for row in rows(store, tables.ReadingRow)] == ["first_reply", "solve"]
    desk.tell("T-9", [told("0", "assigned", at(3, 8), facts={"kind": "question"})])
    assert [row["objective"] for row in rows(store, tables.ReadingRow)] == ["first_reply"]


def test_only_who_is_due_is_woken(desk: Any, watch: Watch) -> None:
    """A case is woken at its instant, not before, and once."""
    opened(desk, "P1", at(3, 9), "P1")
    opened(desk, "P2", at(3, 9, 10), "P2")
    watch.now = at(3, 11, micro=-1)
    assert desk.wake() == ()
    watch.now = at(3, 11)
    assert desk.wake() == ("P1",)
    assert desk.wake() == ()
    watch.now = at(3, 11, 10)
    assert desk.wake() == ("P1", "P2")  # the first is late from one microsecond after its due time


def test_a_broken_case_holds_up_nobody(desk: Any, store: Any, watch: Watch) -> None:
    """A row that somebody spoilt by hand is set aside with the reason; the others are woken."""
    opened(desk, "broken")
    opened(desk, "sound")
    with store.writes() as session:
        session.get_one(
            tables.EventRow, ("broken", "1")
        ).told = '{"id": "1", "event": "opned", "at": "2026-03-03T01:00:00Z"}'
    watch.now = at(3, 12)
    assert desk.wake() == ("sound",)
    faults = {row["id"]: row["fault"] for row in rows(store, tables.CaseRow)}
    assert "opned" in faults["broken"]
    assert faults["sound"] is None
    assert reports.report_of(desk, reports.period_of(desk, "day", at(3, 9).date())).total.late_open == 1


class Post:
    """Where notices go; may be down."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.is_down = False

    def __call__(self, notice: Any) -> None:
        """Send one."""
        if self.is_down:
            raise ConnectionError("the post is down")
        self.sent.append(notice)


def test_people_are_told_once(desk: Any, store: Any, watch: Watch) -> None:
    """75 % at noon, due at two; in order, once, although asked again and again, and after the post was down."""
    opened(desk, "T-9", at(3, 9), "P1", told("2", "message", at(3, 9, 10), **BY_AGENT))
    post = Post()
    assert outbox.dispatch(desk.database, post, desk.now) == 0
    watch.now = at(3, 14)
    desk.wake()
    post.is_down = True
    assert outbox.dispatch(desk.database, post, desk.now) == 0
    post.is_down = False
    assert outbox.dispatch(desk.database, post, desk.now) == 2
    assert [(one.threshold, one.to, one.at) for one in post.sent] == [
        ("75 %", ("lead",), at(3, 12)),
        ("due", ("lead", "head"), at(3, 14)),
    ]
    watch.now = at(3, 16)
    desk.wake()
    desk.tell("T-9", [told("3", "closed", at(3, 15))])
    assert outbox.dispatch(desk.database, post, desk.now) == 0
    assert all(row["sent"] is not None for row in rows(store, tables.NoticeRow))


def test_workers_at_once(desk: Any, watch: Watch) -> None:
    """Four workers wake and send side by side; every case is read and every notice is sent once."""
    for number in range(12):
        opened(desk, f"T-{number:02d}")
    watch.now = at(3, 11)
    assert sorted(case for woken in _at_once([desk.wake] * 4) for case in woken) == [f"T-{n:02d}" for n in range(12)]
    post = Post()
    assert sum(_at_once([lambda: outbox.dispatch(desk.database, post, desk.now)] * 4)) == 12
    assert len({one.key for one in post.sent}) == len(post.sent) == 12


# ── what people read ──


def test_a_customer_reads_no_names(desk: Any, client: Any) -> None:
    """Neither colleague nor team, nor what they said; what is due, and why, is there all the same."""
    agreed = told(
        "2", "promised", at(3, 9, 10), due=at(3, 16).isoformat(), actor="Wang Wei", reason="they asked nicely"
    )
    opened(desk, "T-9", at(3, 9), "P1", agreed)
    ours = client.get("/cases/T-9?for=agent&language=zh").get_data(as_text=True)
    theirs = client.get("/cases/T-9?for=customer&language=zh").get_data(as_text=True)
    for word in ("desk", "Wang Wei", "they asked nicely"):
        assert word in ours
        assert word not in theirs
    assert "16:00 \N{CJK UNIFIED IDEOGRAPH-4E0A}\N{CJK UNIFIED IDEOGRAPH-6D77}" in theirs  # Shanghai


def test_amounts_stay_exact(desk: Any, client: Any, store: Any) -> None:
    """Decimals as numbers or as texts are the same decimals; there is no column of floats."""
    for case, worth in (("T-1", b"9999.99"), ("T-2", b'"9999.99"'), ("T-3", b"0.1")):
        body = b'{"id": "%s", "facts": {"kind": "fault", "worth": %s}, "events": []}' % (case.encode(), worth)
        assert client.post("/cases", data=body).status_code == 201
    assert [json.loads(row["facts"])["worth"] for row in rows(store, tables.CaseRow)] == ["9999.99", "9999.99", "0.1"]
    assert telling.facts_of(
        desk._standards[rows(store, tables.StandardRow)[0]["digest"]], {"worth": "0.1"}, "facts"
    ) == {"worth": Decimal("0.1")}
    routed = [
        client.post("/route/intake", data=b'{"kind": "fault", "worth": %s}' % one).json for one in (b"9999.99", b"1e4")
    ]
    assert [one["rows"] for one in routed] == [[{"team": "field"}], [{"team": "engineers"}]]
    kinds = {type(column.type) for table in tables.Base.metadata.tables.values() for column in table.columns}
    assert kinds <= {sql.BigInteger, sql.Integer, sql.String, sql.Text}


def test_routing_says_why(client: Any) -> None:
    """What nobody declared goes to the desk, with the reason."""
    answer = client.post("/route/intake", json={}).json
    assert answer["rows"] == [{"team": "desk"}]
    assert any("what we do not know goes to the desk" in line for line in answer["why"])


def test_the_report(desk: Any, client: Any, watch: Watch, tmp_path: Path) -> None:
    """Monday's three tickets: of six promises three were kept, two broken, one is on hold; a page without network."""
    for one in SAMPLE:
        desk.open(one["id"], one["facts"], one["events"])
    report = reports.report_of(desk, reports.period_of(desk, "day", at(2, 9).date()))
    counts = {key: (count.met, count.late, count.not_yet_due) for key, count in report.promises}
    assert counts == {("first_reply", ""): (1, 2, 0), ("solve", "P1"): (0, 1, 1), ("solve", "P2"): (0, 0, 1)}
    page = client.get("/report?of=week&day=2026-03-02&language=zh")
    assert page.mimetype == "text/html"
    assert "default-src &#39;none&#39;" in page.text
    assert "25.0 %" in page.text
    assert "Read at Tue 3 Mar 2026 09:30 Shanghai." in client.get("/report?of=week&day=2026-03-02").text
    headline = client.get("/report?of=day&day=2026-03-02", headers={"Accept": "application/json"})
    assert headline.json == {"headline": "25.0 % of 4 promises were kept."}
    yesterday = client.get("/report", headers={"Accept": "application/json"})
    assert yesterday.json == headline.json
    worker.work_once(desk, Post(), tmp_path)
    names = sorted(file.name for file in tmp_path.glob("*.html"))
    assert names == ["day-2026-03-02.html", "week-2026-02-23.html"]
    assert worker.nightly(desk, tmp_path) == []
    watch.now = at(4, 0)
    assert [file.name for file in worker.nightly(desk, tmp_path)] == ["day-2026-03-03.html"]


def test_what_is_waiting(desk: Any, client: Any) -> None:
    """The first due first, what has no due time last."""
    for one in SAMPLE:
        desk.open(one["id"], one["facts"], one["events"])
    listed = [(one["case"], one["objective"]) for one in client.get("/waiting").json]
    assert listed == [("T-3", "first_reply"), ("T-3", "solve"), ("T-2", "solve")]


def test_instants() -> None:
    """Stored instants are whole microseconds, before 1970 too; a clock that is set goes on."""
    instants = import_module("examples.service.instants")
    for when in (at(3, 9, micro=7), datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)):
        assert instants.moment(instants.micros(when)) == when
    assert instants.micros(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == -1
    clock = instants.clock_from(at(3, 9))
    assert at(3, 9) <= clock() <= clock() < at(3, 10)
    assert instants.system_clock().tzinfo is UTC
