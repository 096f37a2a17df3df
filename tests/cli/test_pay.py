"""Pay on the command line: who is paid what, why, settled, shared, compared, corrected, in every form."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner

from svcstd.cli.app import app
from svcstd.incentives import Account, Statement
from svcstd.money import Money

run = CliRunner().invoke
STANDARD = """
svcstd = 1
id = "field"
name = "Field <service>"
zone = "Asia/Shanghai"
[records.order]
at = "day"
fields = { agent = "text", team = "text", day = "date", worth = "number" }
[records.staff]
fields = { agent = "text", centre = "text" }
[records.crew]
fields = { team = "text", agent = "text" }
[kpis.worth]
of = "order"
sum = "worth"
empty = "zero"
better = "more"
unit = "CNY"
[plans.sales]
name = "Sales"
of = "agent"
people = { records = "staff", cost_centre = "centre" }
every = "month"
currency = "CNY"
round = "0.01 half up"
round_at = "line"
[plans.sales.lines.tiers]
pays = "1.00 CNY"
times = "kpis.worth"
missing = "nothing"
curve = { tiers = { "<= 1000" = 0.10, else = 0.2 }, kind = "marginal", start = 0, beyond = "clamp" }
[plans.sales.terms]
round = "0.01 half up"
negative = "carry"
draw = { amount = "150.00 CNY", recovery = 1 }
[plans.team]
of = "team"
every = "month"
currency = "CNY"
round = "0.01 half up"
round_at = "line"
share = { records = "crew", of = "agent", by = "kpis.worth", missing = "nothing" }
[plans.team.lines]
all = { pays = "0.01 CNY", times = "kpis.worth", missing = "nothing" }
"""
ORDERS = """agent,team,day,worth
ada,north,2026-01-09,1500
bob,north,2026-01-09,300.50
ada,north,2026-02-09,2000
cyd,south,2026-02-09,0
"""
STAFF = "agent,centre\nada,1\nbob,2\n"
CREW = "team,agent\nnorth,ada\nnorth,bob\nsouth,cyd\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the standard and its records."""
    for name, text in (("desk.toml", STANDARD), ("o.csv", ORDERS), ("s.csv", STAFF), ("c.csv", CREW)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def told(desk: Path, plan: str, *options: str, kinds: str = "order staff") -> tuple[int, str, str]:
    """Exit code, output and complaints of a command in a folder."""
    files = [f"{kind}={desk / kind[0]}.csv" for kind in kinds.split()]
    found = run(app, ["pay", str(desk / "desk.toml"), plan, *files, *options])
    return found.exit_code, found.stdout, found.stderr


def statements(desk: Path, name: str, *options: str) -> str:
    """A file of statements that were paid."""
    code, out, err = told(desk, "sales", "--json", *options)
    assert (code, err) == (0, "")
    (desk / name).write_text(out, encoding="utf-8")
    return str(desk / name)


def test_who_is_paid_what(desk: Path) -> None:
    """The answer first; those in the records of people, the others not."""
    code, out, _ = told(desk, "sales", "--period", "2026-01")
    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["2", "of", "2", "are", "paid", "230.05", "CNY", "in", "all", "for", "2026-01."],
        ["of", "state", "cost", "centre", "total"],
        ["ada", "paid", "1", "200.00", "CNY"],
        ["bob", "paid", "2", "30.05", "CNY"],
    ]


def test_one_with_every_reason(desk: Path) -> None:
    """As the statement explains itself."""
    code, out, _ = told(desk, "sales", "--period", "2026-01", "--of", "ada")
    assert (code, out.splitlines()) == (
        0,
        [
            "sales pays ada 200.00 CNY for 2026-01",
            "  tiers: 200.00 CNY = 1.00 CNY times 200",
            "    kpis.worth is 1500",
        ],
    )


def test_as_json(desk: Path) -> None:
    """Statements that can be read back."""
    _, out, _ = told(desk, "sales", "--period", "2026-01", "--json")
    read = [Statement.from_json(one) for one in json.loads(out)]
    assert [(one.of, one.total) for one in read] == [("ada", Money.of(200, "CNY")), ("bob", Money.of("30.05", "CNY"))]


def test_settled(desk: Path) -> None:
    """A draw of January comes back in February; accounts go from one month to the next."""
    told(desk, "sales", "--period", "2026-01", "--closing", str(desk / "jan.json"))
    after = {who: Account.from_json(one) for who, one in json.loads((desk / "jan.json").read_text("utf-8")).items()}
    assert after == {
        "ada": Account.empty("CNY"),
        "bob": Account(owed=Money.of("119.95", "CNY"), carried=Money(0, "CNY")),
    }
    options = ("--opening", str(desk / "jan.json"), "--closing", str(desk / "feb.json"))
    code, out, _ = told(desk, "sales", "--period", "2026-02", "--of", "bob", *options)
    assert (code, out.splitlines()[0]) == (0, "sales pays bob 150.00 CNY for 2026-02")
    assert json.loads((desk / "feb.json").read_text("utf-8"))["bob"]["owed"] == "269.95 CNY"
    code, again, _ = told(desk, "sales", "--period", "2026-02", "--of", "bob", *options[:2])
    assert (code, again) == (0, out)
    assert json.loads((desk / "feb.json").read_text("utf-8"))["ada"]["owed"] == "0.00 CNY"


def test_shared(desk: Path) -> None:
    """What the team earned goes to its members by what each sold."""
    code, out, _ = told(desk, "team", "--period", "2026-01", kinds="order")
    assert (code, out.splitlines()[0]) == (0, "2 of 2 are paid 18.01 CNY in all for 2026-01.")
    _, out, _ = told(desk, "team", "--period", "2026-01", "--share", "--json", "--of", "north", kinds="order crew")
    assert {one["of"]: one["total"] for one in json.loads(out)} == {"ada": "15.00 CNY", "bob": "3.01 CNY"}


def test_nobody(desk: Path) -> None:
    """No records, no statements."""
    (desk / "o.csv").write_text("agent,team,day,worth\n", encoding="utf-8")
    assert told(desk, "team", "--period", "2026-01", kinds="order") == (0, "Nobody is paid.\n", "")


def test_compared(desk: Path) -> None:
    """With the month before: in the list, and line by line."""
    january = statements(desk, "jan.json", "--period", "2026-01")
    _, out, _ = told(desk, "sales", "--period", "2026-02", "--before", january)
    assert out.splitlines()[1].split()[-2:] == ["total", "difference"]
    assert out.splitlines()[2].split()[-4:] == ["300.00", "CNY", "100.00", "CNY"]
    _, out, _ = told(desk, "sales", "--period", "2026-02", "--before", january, "--of", "ada")
    assert out.splitlines()[-2:] == [
        "Different from sales 2026-01",
        "  tiers: 200.00 CNY before, 300.00 CNY now, 100.00 CNY",
    ]
    (desk / "jan.json").write_text("[]", encoding="utf-8")
    _, out, _ = told(desk, "sales", "--period", "2026-02", "--before", january, "--of", "ada")
    assert "Different" not in out


def _sum_of_csv(text: str) -> Decimal:
    return sum((Decimal(row["amount"]) for row in csv.DictReader(StringIO(text)) if row["amount"]), Decimal(0))


def _sum_of_table(text: str) -> Decimal:
    """The sum of the printed amounts of the ledger, without its total."""
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| ")]
    printed = [row[3].split()[0] for row in rows if row[3].endswith(" CNY ") and row[1].strip() != "total"]
    return sum((Decimal(one.replace(",", "")) for one in printed), Decimal(0))


SUMS: dict[str, Callable[[str], Decimal]] = {
    "csv": _sum_of_csv,
    "md": _sum_of_table,
    "json": lambda text: sum((Decimal(line["amount"].split()[0]) for line in json.loads(text)[0]["lines"]), Decimal(0)),
    "html": lambda text: sum(
        (
            Decimal(line.split(" CNY")[0].replace(",", ""))
            for line in text.split("<tfoot>")[0].split('<td class="n">')[2::2]
        ),
        Decimal(0),
    ),
}


@pytest.mark.parametrize("form", SUMS)
def test_every_rendering_sums_to_the_total(desk: Path, form: str) -> None:
    """The printed lines, whatever they are printed as."""
    out = desk / f"out.{form}"
    options = ("--period", "2026-01", "--of", "bob", "--closing", str(desk / "a.json"), "--out", str(out))
    code, _, err = told(desk, "sales", *options)
    assert (code, err.strip()) == (0, str(out))
    assert SUMS[form](out.read_text("utf-8")) == Decimal(150)


def test_the_page(desk: Path) -> None:
    """With the plan's name and curve, and nothing from strangers obeyed."""
    told(desk, "sales", "--period", "2026-01", "--out", str(desk / "page.html"))
    page = (desk / "page.html").read_text("utf-8")
    assert "<h1>Field &lt;service&gt;: Sales</h1>" in page
    assert 'class="payout"' in page


def test_shown_again(desk: Path) -> None:
    """What was paid is shown from its file: as a list, as text, as Markdown; one payee or all."""
    january = statements(desk, "jan.json", "--period", "2026-01")
    assert run(app, ["statement", january]).stdout.startswith("2 of 2 are paid 230.05 CNY")
    text = run(app, ["statement", january, "--of", "bob", "--as", "text"]).stdout
    assert text == run(app, ["statement", january, "--of", "bob"]).stdout
    both = run(app, ["statement", january, "--as", "markdown"]).stdout
    assert both.count("\n# ") == 1
    assert both.startswith("# ada is paid 200.00 CNY for 2026-01 by sales.\n")
    again = run(app, ["statement", january, "--as", "json"]).stdout
    assert json.loads(again) == json.loads((desk / "jan.json").read_text("utf-8"))
    out = run(app, ["statement", january, "--out", str(desk / "all.txt")])
    assert (out.exit_code, (desk / "all.txt").read_text("utf-8").count("sales pays")) == (0, 2)


def test_corrections(desk: Path) -> None:
    """What was paid on wrong data, and what makes it right: only those whose pay changes."""
    paid = statements(desk, "paid.json", "--period", "2026-01")
    (desk / "o.csv").write_text(ORDERS.replace("1500", "1400"), encoding="utf-8")
    right = statements(desk, "right.json", "--period", "2026-01")
    found = run(app, ["statement", right, "--corrects", paid, "--why", "order 17 was counted twice", "--as", "csv"])
    (row,) = csv.DictReader(StringIO(found.stdout))
    assert (row["of"], row["kind"], row["amount"], row["corrects"]) == ("ada", "correction", "-20.00", "sales 2026-01")
    assert "order 17 was counted twice" in row["reason"]
    nothing = run(app, ["statement", right, "--corrects", right, "--why", "nothing"])
    assert nothing.stdout == "Nobody is paid.\n"


def test_a_long_list_is_cut(desk: Path) -> None:
    """And says how many more there are."""
    many = "agent,team,day,worth\n" + "".join(f"a{number:02d},t{number:02d},2026-01-09,1\n" for number in range(43))
    (desk / "o.csv").write_text(many, encoding="utf-8")
    _, out, _ = told(desk, "team", "--period", "2026-01", kinds="order")
    assert out.splitlines()[-1] == "... and 3 more; --json prints them all"


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--period", "January"], 2, "--period: January is no period"),
        (["--period", "2026-01", "--out", "x.pdf"], 2, "--out: .pdf is no form of statements"),
        (["--period", "2026-01", "--opening", "o.csv"], 3, "it is no JSON"),
        (["--period", "2026-01", "--opening", "no.json"], 4, "no.json"),
        (["--period", "2026-01", "--opening", "list.json"], 3, "an object of accounts"),
        (["--period", "2026-01", "--opening", "bad.json"], 3, "bad.json: ada"),
        (["--period", "2026-01", "--before", "bad.json"], 3, "an array of statements"),
        (["--period", "2026-01", "--before", "list.json"], 3, "list.json: [0]"),
        (["--period", "2026-Q1"], 3, "month"),
    ],
)
def test_refusals(desk: Path, options: list[str], code: int, words: str) -> None:
    """Each with the way out."""
    (desk / "list.json").write_text("[{}]", encoding="utf-8")
    (desk / "bad.json").write_text('{"ada": {"owed": 3}}', encoding="utf-8")
    options = [str(desk / one) if one.endswith(("json", "csv")) else one for one in options]
    got, _, err = told(desk, "sales", *options)
    assert (got, words in err) == (code, True), err


def test_what_cannot_be_paid(desk: Path) -> None:
    """No such plan, no terms to settle by, no plan that shares."""
    code, _, err = told(desk, "slaes", "--period", "2026-01")
    assert (code, "write sales" in err) == (3, True)
    code, _, err = told(desk, "team", "--period", "2026-01", "--closing", str(desk / "a.json"), kinds="order")
    assert (code, "has no terms" in err) == (2, True)
    code, _, err = told(desk, "sales", "--period", "2026-01", "--share")
    assert (code, "no pool" in err) == (3, True)


def test_what_cannot_be_shown(desk: Path) -> None:
    """Nobody of that name, no reason, nothing that was paid."""
    january = statements(desk, "jan.json", "--period", "2026-01")
    found = run(app, ["statement", january, "--of", "zoe"])
    assert (found.exit_code, "no statement of zoe" in found.stderr) == (1, True)
    for options in (["--corrects", january], ["--why", "for nothing"]):
        found = run(app, ["statement", january, *options])
        assert (found.exit_code, "belong together" in found.stderr) == (2, True)
    (desk / "none.json").write_text("[]", encoding="utf-8")
    found = run(app, ["statement", january, "--corrects", str(desk / "none.json"), "--why", "x"])
    assert found.exit_code == 3
