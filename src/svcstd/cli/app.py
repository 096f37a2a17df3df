"""The commands: report, check, explain, route, score, pay, statement, diff, what-if, handbook, table, flow and others.

Exit codes: 0 all is well; 1 a check found something, or there is no such case; 2 wrong usage; 3 the standard or the
log has faults; 4 a file cannot be read or written.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from importlib.metadata import version
from importlib.resources import as_file, files
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer
from pendulum import DateTime
from rich.console import Console
from rich.progress import track

from svcstd.catalogues.words import plain
from svcstd.cli.checks import Checked, CheckForm, checked_json, checked_lines, fault_json, fault_lines, print_checked
from svcstd.cli.compare import differ, suppose
from svcstd.cli.doors import (
    are_parquet,
    asked,
    format_of,
    open_standard,
    period_of,
    read_cases,
    read_facts,
    record_files,
    span,
    untold_words,
    write_lines,
)
from svcstd.cli.handbook import handbook
from svcstd.cli.options import AsJson, AsOf, CasesFile, CasesFiles, Language, Out, Reader, StandardFile
from svcstd.cli.pay import pay, statement
from svcstd.cli.show import print_attainment, print_changes, print_desk, summary
from svcstd.cli.show_rules import counts_json, decision_json, decision_lines, print_counts
from svcstd.cli.show_scores import print_scores, score_lines
from svcstd.cli.tables import TableForm, table_in, table_of, table_text
from svcstd.cli.terminal import FAULTS, FOUND, PIPE_WIDTH, console, fail, say, say_json, sentences
from svcstd.cli.version import version_lines
from svcstd.documents import ReadLog, json_schema, show_text
from svcstd.documents.freeze import frozen_blocks
from svcstd.errors import DefinitionError, HitPolicyError, SvcstdError
from svcstd.explain import Audience
from svcstd.handbook import (
    REJECTED_COLUMNS,
    RESULT_COLUMNS,
    Report,
    draw_flow,
    draw_lines,
    draw_timeline,
    evaluate,
    flow_of,
    headline,
    mermaid,
    rejected_rows,
    render_report,
    render_scores,
    result_rows,
    standalone,
    tally,
    text_of,
    timeline_of,
)
from svcstd.keyed import Keyed
from svcstd.rules import Decision
from svcstd.sla import Reading, Readings
from svcstd.standard import ServiceStandard
from svcstd.standard.example import check_examples

__all__ = ["app", "main"]

app: typer.Typer = typer.Typer(
    name="svcstd",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="A service standard that computes: due times, verdicts and reports from one versioned file.",
    epilog="Exit codes: 0 all is well; 1 a check found something, or there is no such case; 2 wrong usage; "
    "3 faults in the standard or log; 4 a file cannot be read or written. Example: svcstd demo",
)

MOST_KINDS = 10
DEMO_AS_OF = "2016-01-12T15:00:00"
DEMO_SINCE = "2015-01-01"


def main() -> None:
    """Run the command line; what a terminal cannot show is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app()


def _version(shown: bool) -> None:  # noqa: FBT001 - the signature of a callback
    if shown:
        for line in version_lines():
            say(line)
        raise typer.Exit


@app.callback()
def _top(
    _shown: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_version,
            is_eager=True,
            help="Print the release, and those of the data and packages that it uses.",
        ),
    ] = False,
) -> None:
    """A service standard that computes."""


@app.command(epilog="Example: svcstd report boston311.toml requests.csv --as-of 2016-01-20 --out report")
def report(
    standard: StandardFile,
    cases: CasesFiles,
    out: Out = Path("svcstd-report"),
    as_of: AsOf = None,
    since: Annotated[str | None, typer.Option(help="First local date to count.", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option(help="First local date not to count.", metavar="DATE")] = None,
    period: Annotated[
        str | None, typer.Option(help="Count this period, such as 2026-01 or 2026-Q1.", metavar="PERIOD")
    ] = None,
    against: Annotated[
        str | None, typer.Option(help="Compare with this period: what is kept more or less often.", metavar="PERIOD")
    ] = None,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Read every promise of every case, and write results.csv, rejected.csv and report.html; or Parquet, of Parquet."""
    with sentences():
        found = open_standard(standard, language)
        moment = asked(as_of, found.zone)
        days = span(since, until)
        if period is not None:
            if days != (None, None):
                raise DefinitionError("--period", "cli.period_and_span")
            days = _days(period, found.zone)
        if are_parquet(cases):
            from svcstd.cli.parquet_report import report_parquet  # noqa: PLC0415 - an extra

            spans = [days] if against is None else [days, _days(against, found.zone)]
            report_parquet(found, cases, out, spans, as_of=moment, language=language, as_json=as_json)
            return
        log = read_cases(found, *cases)
        made = _report(found, log, moment, *days)
        before = None
        if against is not None:
            first, last = _days(against, found.zone)
            before = tally(found, made.results, log, as_of=moment, since=first, until=last)
        _write(made, out, language, before)
        _show(made, out, as_json=as_json, language=language, before=before)


@app.command(epilog="Example: svcstd demo --out boston")
def demo(
    out: Out = Path("svcstd-demo"),
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Recompute a real city's service desk: 21,822 requests to Boston 311, beside the desk's own answers."""
    with as_file(files("svcstd.demo")) as folder:
        report(
            folder / "boston311.toml",
            [folder / "boston311_2015_open.csv.gz"],
            out=out,
            as_of=DEMO_AS_OF,
            since=DEMO_SINCE,
            language=language,
            as_json=as_json,
        )


def _days(label: str, zone: str) -> tuple[date, date]:
    """The first date of a period, and the one after its last."""
    found = period_of(label, zone)
    return found.first, found.last


def _report(
    standard: ServiceStandard, log: ReadLog, moment: DateTime, since: date | None, until: date | None
) -> Report:
    shown = sys.stderr.isatty()
    rows = track(log.rows, "Reading clocks", console=Console(stderr=True), disable=not shown, transient=True)
    results = evaluate(standard, rows, as_of=moment)
    return tally(standard, results, log, as_of=moment, since=since, until=until)


def _write(made: Report, out: Path, language: str, before: Report | None = None) -> None:
    page = render_report(made, version=version("svcstd"), language=language, before=before)
    write_lines(out / "results.csv", text_of(RESULT_COLUMNS, result_rows(made.results)))
    write_lines(out / "rejected.csv", text_of(REJECTED_COLUMNS, rejected_rows(made.rejected)))
    write_lines(out / "report.html", [page])


def _show(made: Report, out: Path, *, as_json: bool, language: str, before: Report | None = None) -> None:
    if as_json:
        say_json(summary(made, out, language, before))
        return
    say(headline(made, language))
    print_attainment(console(), made, language)
    if before is not None:
        print_changes(console(), before, made, language)
    print_desk(console(), made, language)
    if made.rejected:
        say(f"Rows that could not be read: {len(made.rejected):,}; see {out / 'rejected.csv'}.")
    if made.ignored:
        listed = ", ".join(f"{plain(kind)} {count:,}" for kind, count in made.ignored[:MOST_KINDS])
        say(f"Rows whose kind is no event of the standard: {sum(count for _, count in made.ignored):,} ({listed}).")
    say(f"As of {made.as_of.isoformat()}.")
    say(f"Open {out / 'report.html'}; every case stands in {out / 'results.csv'}.")


@app.command(epilog="Example: svcstd check boston311.toml --as-of 2017-11-20")
def check(
    standard: StandardFile,
    as_of: AsOf = None,
    form: Annotated[CheckForm, typer.Option("--format", help="How it is printed.")] = CheckForm.TEXT,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Report all faults of a standard, run its examples, and review the whole."""
    form = CheckForm.JSON if as_json else form
    with sentences():
        try:
            found = open_standard(standard, language)
        except SvcstdError as error:
            if form == CheckForm.TEXT:
                raise
            say_json(fault_json(error)) if form == CheckForm.JSON else say("\n".join(fault_lines(error, standard)))
            raise typer.Exit(FAULTS) from None
        today = asked(as_of, found.zone).date()
        failing = tuple(check_examples(found))
        checked = Checked(
            path=standard,
            standard=found,
            today=today,
            failing=failing,
            review=found.review(as_of=today).beside(untold_words(standard)),
            language=language,
        )
        match form:
            case CheckForm.JSON:
                say_json(checked_json(checked))
            case CheckForm.GITHUB:
                for line in checked_lines(checked):
                    say(line)
            case _:
                print_checked(console(), checked)
        if not checked.is_ok:
            raise typer.Exit(FOUND)


@app.command(epilog="Example: svcstd explain boston311.toml requests.csv --case 101001240780")
def explain(
    standard: StandardFile,
    cases: CasesFile,
    case: Annotated[str, typer.Option(help="Name of the case.", metavar="ID")],
    as_of: AsOf = None,
    language: Language = "en",
    audience: Annotated[
        Reader, typer.Option("--for", help="A customer reads no name of a colleague.", metavar="WHO")
    ] = Reader.AGENT,
    pictures: Annotated[Path | None, typer.Option("--svg", help="Folder for a picture each.", metavar="DIR")] = None,
    routed: Annotated[
        str | None, typer.Option("--route", help="Explain this routing table instead.", metavar="TABLE")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Explain every promise of one case: a picture of its clock, each span counted, each closure named."""
    with sentences():
        found = open_standard(standard, language)
        log = read_cases(found, cases)
        rows = [row for row in log.rows if row.case.id == case]
        for one in log.rejected:
            if one.case == case and not rows:
                fail(f"line {one.line}: {one.reason.text(language)}", FAULTS)
        if not rows:
            fail(f"{cases} has no case {case}", FOUND)
        if routed is not None:
            answer = partial(found.route, routed, rows[0].case, as_of=asked(as_of, found.zone))
            _say_decision(answer, audience.value, language, as_json=as_json)
            return
        readings = found.clocks(rows[0].case, as_of=asked(as_of, found.zone))
        if pictures is not None:
            for reading in readings.values():
                _draw(reading, pictures / f"{reading.objective.replace('/', '-')}.svg", audience.value, language)
        if as_json:
            say_json(readings.to_json(for_=audience.value))
            return
        _explain(readings, audience.value, language)


def _explain(readings: Readings, audience: Audience, language: str) -> None:
    for reading in readings.values():
        for line in _picture(reading, audience, language):
            say(line)
        say(reading.explanation.text(language, for_=audience))
        say("")
    for key, reason in readings.unpromised.items():
        say(f"{key}: {reason.sentence(language)}")
    say(f"As of {readings.as_of.isoformat()}.")


def _picture(reading: Reading, audience: Audience, language: str) -> Iterator[str]:
    """The clock's life in letters; ASCII where the terminal knows no others."""
    drawn = timeline_of(reading, language, for_=audience)
    if drawn is not None:
        plain_letters = "utf" not in (sys.stdout.encoding or "").lower()
        yield from draw_lines(drawn, min(console().width, PIPE_WIDTH) - 1, plain=plain_letters, language=language)
        yield ""


def _draw(reading: Reading, path: Path, audience: Audience, language: str) -> None:
    drawn = timeline_of(reading, language, for_=audience)
    if drawn is not None:
        write_lines(path, [standalone(draw_timeline(drawn, f"clock-{path.stem}"))])


@app.command(epilog="Example: svcstd route helpdesk.toml intake kind=fault vip=true")
def route(
    standard: StandardFile,
    table: Annotated[str, typer.Argument(help="The table or tree under routing.", metavar="TABLE")],
    facts: Annotated[
        list[str] | None, typer.Argument(help="What is known, e.g. kind=fault.", metavar="FACT=VALUE")
    ] = None,
    cases: Annotated[
        Path | None, typer.Option(help="Count instead how often each rule decides over a log.", metavar="CASES")
    ] = None,
    why_not: Annotated[
        str | None, typer.Option(help="Explain why this rule or route was not taken.", metavar="RULE")
    ] = None,
    as_of: AsOf = None,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Dry-run a routing table: what it answers for some facts and why, or how often each rule decides."""
    with sentences():
        found = open_standard(standard, language)
        at = asked(as_of, found.zone)
        if cases is not None:
            if facts or why_not is not None:
                raise DefinitionError("--cases", "cli.cases_alone")
            counts = found.rule_counts(table, (row.case for row in read_cases(found, cases).rows), as_of=at)
            say_json(counts_json(counts)) if as_json else print_counts(console(), counts)
            return
        known = read_facts(found.edition_on(at.date()).facts, facts or [])
        if why_not is not None:
            reason = found.why_not(table, why_not, known, as_of=at)
            say_json(reason.to_json()) if as_json else say(reason.text(language))
            return
        _say_decision(partial(found.route, table, known, as_of=at), "agent", language, as_json=as_json)


def _say_decision(ask: Callable[[], Decision], audience: Audience, language: str, *, as_json: bool) -> None:
    """What a table answers; a broken hit policy and no answer at all are findings."""
    try:
        decision = ask()
    except HitPolicyError as error:
        fail(error.text(language), FOUND)
    if as_json:
        say_json(decision_json(decision, audience))
    else:
        for line in decision_lines(decision, language, audience):
            say(line)
    if not decision.rules:
        raise typer.Exit(FOUND)


@app.command(epilog="Example: svcstd score 5s4e engineer rating=ratings.csv --period 2026-01 --of E07")
def score(
    standard: StandardFile,
    card: Annotated[str, typer.Argument(help="The scorecard.", metavar="CARD")],
    records: Annotated[
        list[str], typer.Argument(help="Records by kind: .csv or .jsonl, also with .gz.", metavar="KIND=FILE...")
    ],
    of: Annotated[str | None, typer.Option(help="Only the score of this one, with its reasons.", metavar="WHO")] = None,
    period: Annotated[
        str | None, typer.Option(help="Such as 2026-01, 2026-Q1, 2026-H1 or 2026.", metavar="PERIOD")
    ] = None,
    as_of: AsOf = None,
    out: Annotated[Path | None, typer.Option(help="Write a page of the scores to this file.", metavar="FILE")] = None,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Score people or teams by a scorecard of the standard, every point with its reason."""
    with sentences():
        found = open_standard(standard, language)
        within = None if period is None else period_of(period, found.zone)
        at = asked(as_of, found.zone)
        day, asked_at = (at.date(), at) if within is None else (within.first, None)
        given = record_files(found, day, records)
        if of is None:
            scores = found.scores(card, given, period=within, as_of=asked_at)
        else:
            scores = Keyed({of: found.score(card, given, of=of, period=within, as_of=asked_at)})
        if out is not None:
            title = f"{found.name}: {found.edition_on(day).scorecards[card].name or card}"
            write_lines(out, [render_scores(scores, title=title, version=version("svcstd"), language=language)])
        if as_json:
            say_json([one.to_json() for one in scores.values()])
        elif of is None:
            print_scores(console(), scores, language)
        else:
            say("\n".join(score_lines(scores[of], language)))
        if out is not None:
            typer.echo(str(out), err=True)


app.command(epilog="Example: svcstd pay 5s4e monthly rating=ratings.csv repair=repairs.csv --period 2026-01")(pay)
app.command("diff", epilog="Example: svcstd diff 5s4e 5s4e-new --language zh")(differ)
app.command("what-if", epilog="Example: svcstd what-if desk.toml new.toml --cases cases.csv")(suppose)
app.command(epilog="Example: svcstd handbook 5s4e --language zh --out handbook.html")(handbook)
app.command(epilog="Example: svcstd statement january.json --of E07 --as markdown")(statement)


@app.command(epilog="Example: svcstd table desk.toml intake --as dmn > intake.dmn")
def table(
    standard: StandardFile,
    name: Annotated[str, typer.Argument(help="The decision table under routing.", metavar="TABLE")],
    form: Annotated[TableForm, typer.Option("--as", help="How it is printed.")] = TableForm.MARKDOWN,
    source: Annotated[
        Path | None, typer.Option("--from", help="Read it from this .md, .csv or .dmn instead.", metavar="FILE")
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Print a decision table as Markdown, CSV, DMN or a block of the standard; or one that came back as such a file."""
    with sentences():
        found = open_standard(standard)
        standing = table_in(found.edition_on(asked(as_of, found.zone).date()), name)
        told = standing if source is None else table_of(source, standing)
        say(table_text(name, told, form).rstrip("\n"))


@app.command(epilog="Example: svcstd flow 5s4e --out flows")
def flow(
    standard: StandardFile,
    out: Annotated[Path, typer.Option(help="Folder for ID.svg and ID.mmd of each procedure.", metavar="DIR")] = Path(
        "svcstd-flows"
    ),
    as_of: AsOf = None,
    language: Language = "en",
) -> None:
    """Draw every procedure, with a lane for each role, as a picture and as Mermaid text."""
    with sentences():
        found = open_standard(standard, language)
        edition = found.edition_on(asked(as_of, found.zone).date())
        if not edition.procedures:
            fail(f"{standard} has no procedures", FOUND)
        roles = {key: role.name for key, role in edition.roles.items()}
        forms = {key: form.name for key, form in edition.forms.items()}
        clocks = {key: objective.name for key, objective in edition.objectives.items()}
        for key, procedure in edition.procedures.items():
            drawn = flow_of(procedure, roles=roles, forms=forms, clocks=clocks)
            name = key.replace("/", "-")
            write_lines(out / f"{name}.svg", [standalone(draw_flow(drawn, f"flow-{name}"))])
            write_lines(out / f"{name}.mmd", [mermaid(procedure, roles=roles)])
            say(f"{procedure.name or key}: {out / f'{name}.svg'}, {out / f'{name}.mmd'}")


@app.command(epilog="Example: svcstd freeze boston311.toml > holidays.toml")
def freeze(standard: StandardFile) -> None:
    """Print the holiday tables behind names such as US-MA as blocks to paste into the standard."""
    with sentences():
        blocks = frozen_blocks(open_standard(standard))
        if not blocks:
            typer.echo("No calendar names its holidays by place; there is nothing to freeze.", err=True)
            return
        say(show_text(blocks, format_of(standard)).rstrip())
        typer.echo("Put each block in the place of that calendar's own holidays.", err=True)


@app.command(epilog="Example: svcstd schema > svcstd.schema.json")
def schema() -> None:
    """Print the JSON Schema of the standard file, for editors."""
    say_json(json_schema())
