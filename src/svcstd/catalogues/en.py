"""English."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from svcstd.catalogues.words import ambiguous, clock_time, parts, place, plain, zone_name

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def say(value: object) -> str:
    """A typed value in words: moments with weekday and zone, durations in hours and minutes.

    >>> say(timedelta(hours=76, minutes=30)), say(date(2026, 2, 17))
    ('76 h 30 min', 'Tue 17 Feb 2026')
    """
    match value:
        case None:
            return "nothing"
        case datetime():
            offset = f" (UTC{value:%z})" if ambiguous(value) else ""
            return f"{say(value.date())} {clock_time(value)} {place(zone_name(value))}{offset}"
        case date():
            return f"{DAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]} {value.year}"
        case timedelta():
            return _duration(value)
        case str():
            return plain(value)
        case tuple():
            return ", ".join(map(say, value))
        case _:
            return str(value)


def _duration(amount: timedelta) -> str:
    negative, hours, minutes, seconds = parts(amount)
    shown = [f"{hours} h"] if hours else []
    shown += [f"{minutes} min"] if minutes else []
    shown += [f"{seconds} s"] if seconds != "0" or not shown else []
    return ("minus " if negative else "") + " ".join(shown)


ERRORS: dict[str, tuple[str, str]] = {
    "adjust.no_bound": (
        "nothing says what knocks out",
        "give below, above, or both",
    ),
    "agents.some": (
        "it is no whole number from 1",
        "give 1 or more",
    ),
    "agents.whole": (
        "{value} is no whole number from 0",
        "count in whole units",
    ),
    "articles.silent": (
        "the answer says nothing",
        "write its text",
    ),
    "assign.either": (
        "give {first} or {second}, not both",
        "name the one that is meant",
    ),
    "assign.later": (
        "this step of relaxing comes no later than the one before",
        "put the steps in order of time",
    ),
    "assign.nearest": (
        "nothing says which team is near",
        "add a need with serves",
    ),
    "assign.need": (
        "there is no need '{value}'",
        "write {nearest}",
    ),
    "assign.no_level": (
        "the need '{value}' has no level",
        "drop it instead",
    ),
    "assign.settled": (
        "nothing is left to decide after a key that settles every tie",
        "put it last",
    ),
    "assign.since": (
        "the wait begins after the moment that is asked",
        "give since before it",
    ),
    "assign.tie": (
        "ties are not settled",
        "end prefer with id, round robin or drawn",
    ),
    "assign.twice": (
        "'{value}' is there twice",
        "give each an id of its own",
    ),
    "assign.unknown_policy": (
        "there is no assignment '{value}'",
        "write {nearest}",
    ),
    "attribution.unknown": (
        "nobody's work is named for {value}",
        "attribute it, or write {nearest}",
    ),
    "award.claim": (
        "a claim needs somebody and a cause",
        "say whose it is and what for",
    ),
    "award.cost": (
        "nothing tells what {cause} costs",
        "give the cost of which the award pays a part",
    ),
    "award.no_cost": (
        "the award pays a part of a cost, and nothing says which",
        "name the field with the cost",
    ),
    "award.no_rule": (
        "the award {award} has no rule that says who gets it",
        "write goes_to or best, or bring claims to grant",
    ),
    "award.nothing": (
        "the award gives nothing",
        "write a reward: cash, a gift, recognition, tuition or equity",
    ),
    "award.part": (
        "{value} is not a part",
        "write a number above 0, at most 1",
    ),
    "award.schedule": (
        "it is no schedule",
        "write days, each once, with a whole number of units above 0",
    ),
    "award.tied": (
        "{names} are tied, and only {winners} can win",
        "let all of them win, or none, or add winners",
    ),
    "award.undated": (
        "records of the kind {value} have no date",
        "say at which field a record of that kind has its day",
    ),
    "award.unknown": (
        "no award is called {value}",
        "write {nearest}",
    ),
    "batch.above_zero": (
        "{value} is not above 0",
        "give whole numbers from 1",
    ),
    "batch.amount": (
        "a text that names no working time",
        "write an amount of working time, e.g. 8 working hours",
    ),
    "batch.answers": (
        "'{value}' and '{other}' would be one column of the answer",
        "call the output otherwise",
    ),
    "batch.arrow": (
        "a column of {value}",
        "give timestamps with a zone, durations, dates, whole numbers up to 64 bits with sign, or true and false",
    ),
    "batch.bytes": (
        "these are not the bytes of a compiled calendar",
        "give what to_bytes wrote",
    ),
    "batch.capitals": (
        "DuckDB takes '{value}' and '{other}' for one name",
        "call one of them otherwise",
    ),
    "batch.codes": (
        "the code {value} names none of {count} values",
        "give a place among the values, or -1 for nothing",
    ),
    "batch.column": (
        "a column of {value}",
        "give UTC microseconds as int64, or datetime64 of a fixed unit",
    ),
    "batch.digits": (
        "{value} has more digits than an engine can hold",
        "keep to 38 digits, and whole outputs to 64 bits",
    ),
    "batch.elapsed": (
        "'{value}' is elapsed time, and a calendar counts open time",
        "write working hours or working minutes, or add elapsed time without a calendar",
    ),
    "batch.fact_column": (
        "a column of {value} holds no facts",
        "give one dimension of texts, int64, bool, datetime64, timedelta64 or objects, or an encoded column",
    ),
    "batch.formula": (
        "a {formula} has no form over columns",
        "ask the KPI itself, row by row",
    ),
    "batch.index": (
        "the rows have other labels than the series",
        "give a series with the same index, e.g. by reindex, or a column without index",
    ),
    "batch.labels": (
        "a column of {value}",
        "give texts, a dictionary, true and false, decimals or whole numbers",
    ),
    "batch.large": (
        "{count} tickets and {agents} agents are more than one table of costs may hold",
        "allocate them in parts, or one after the other with choose_all",
    ),
    "batch.lead": (
        "a lead depends on what others are given meanwhile",
        "leave out max_lead, or take one after the other with choose_all",
    ),
    "batch.lengths": (
        "a column of {got} rows beside columns of {expected}",
        "give columns of one length",
    ),
    "batch.no_amount": (
        "row {row} has no amount",
        "leave it out before, or complete it",
    ),
    "batch.no_fact": (
        "no column holds the fact '{value}'",
        "give each fact a column of its name, perhaps {nearest}",
    ),
    "batch.no_form": (
        "{option} has no batch form",
        "read these cases with clocks() of the standard, or leave otherwise at 'alone'",
    ),
    "batch.naive": (
        "a column of {value}, which has no time zone",
        "say in which zone it was written: assume_timezone in Arrow, dt.replace_time_zone in Polars, dt.tz_localize in pandas, AT TIME ZONE in SQL",
    ),
    "batch.no_arrow": (
        "{value} is no column of Arrow",
        "give an array of pyarrow, Polars, nanoarrow, or whatever else shows __arrow_c_stream__ or __arrow_c_array__",
    ),
    "batch.no_calendar": (
        "the row names no calendar",
        "give one for each key",
    ),
    "batch.opaque": (
        "the test '{value}' is a program, which is asked case by case",
        "write it as conditions, or decide row by row",
    ),
    "batch.option": (
        "{option} has no form over columns",
        "choose a policy by which one rule answers, or decide row by row",
    ),
    "batch.other_data": (
        "this worker's data come to {got}, and those of the driver to {expected}",
        "install the same releases of svcstd, holidays and tzdata on every worker and on the driver",
    ),
    "batch.precision": (
        "an instant between two microseconds",
        "round it before",
    ),
    "batch.room": (
        "room is asked only of some tickets, or only for a while",
        "ask for it always, or take one after the other with choose_all",
    ),
    "batch.rounds": (
        "the floats of '{value}' are rounded before they are asked, and each engine rounds in its own way",
        "make the column decimals and leave out float_digits, or ask columns of NumPy",
    ),
    "batch.rows": (
        "a column of {rows} rows beside one of {expected}",
        "give columns of one length",
    ),
    "batch.schema": (
        "the columns were read by another schema",
        "read them by the facts of this part",
    ),
    "batch.stock": (
        "stock runs out for several agents at once",
        "leave it out, or take one after the other with choose_all",
    ),
    "batch.text": (
        "{value} is no text that an engine can hold",
        "take out zero bytes of names and lone surrogates",
    ),
    "batch.units": (
        "row {row} comes to more minor units than a column of int64 holds",
        "count it alone, with Money",
    ),
    "batch.unlike": (
        "the columns refuse a row that the rows alone do not",
        "report it with the row, and ask the KPI itself meanwhile",
    ),
    "batch.whole": (
        "{aggregate} over columns is exact for whole numbers of 64 bits only",
        "give such numbers, or decide row by row",
    ),
    "calendar.by": (
        "calendars by a fact need the fact and its table, and have no dates beside it",
        'give by and use, e.g. by = "city", use = {{ Jinan = "daily" }}, else = "office"',
    ),
    "calendar.circle": (
        "these calendars are made of each other: {keys}",
        "break the circle: one of them needs hours of its own",
    ),
    "calendar.else": (
        "a calendar by date has no first version",
        "give else, the calendar that holds before the first date",
    ),
    "calendar.except": (
        "except takes away from nothing",
        "give any_of or all_of beside it",
    ),
    "calendar.family": (
        "'{value}' is picked by a fact and is no calendar of its own here",
        "name a calendar with hours, or pick by the fact in one place, without a circle",
    ),
    "calendar.horizon": (
        "counting from {at} leads beyond the year {year}",
        "ask for less time, or open the calendar more often",
    ),
    "calendar.horizon_before": (
        "counting back from {at} leads before the year {year}",
        "ask for less time, or open the calendar more often",
    ),
    "calendar.kind": (
        "a calendar is one of hours, any_of, all_of or versions by date",
        "give exactly one of them",
    ),
    "calendar.make_up_hours": (
        "make-up workdays have no hours, and the weekdays differ: {hours}",
        "give make_up_hours, e.g. 09:00-17:00",
    ),
    "calendar.never_closed": (
        "before {at} the calendar never closed",
        "ask only calendars that close, or give hours other than 24x7",
    ),
    "calendar.never_closes": (
        "after {at} the calendar never closes",
        "ask only calendars that close, or give hours other than 24x7",
    ),
    "calendar.never_opened": (
        "before {at} there is no opening within two years of the first dated thing",
        "give weekly hours, or exceptions before that day",
    ),
    "calendar.never_opens": (
        "after {at} there is no opening within two years of the last dated thing",
        "give weekly hours, or exceptions after that day",
    ),
    "calendar.no_operands": (
        "a {kind} of no calendars is nothing",
        "give one calendar or more",
    ),
    "calendar.own_parts": (
        "holidays, exceptions and policies belong to a calendar with hours",
        "give them to the calendars this one is made of",
    ),
    "calendar.several_zones": (
        "a date means several stretches of time in {zones}",
        "count working days in a calendar of one zone",
    ),
    "calendar.swapped": (
        "{end} is before {start}",
        "give the earlier moment first",
    ),
    "calendar.type": (
        "{value} is no calendar",
        "give a BusinessCalendar, or what |, & and - make of calendars",
    ),
    "calendar.uncovered": (
        "the holidays of {day} ({zone}) are unknown",
        "give a holiday table that covers that day, or assume none by leaving the table away",
    ),
    "calendar.unknown": (
        "there is no calendar '{value}'",
        "write {nearest}",
    ),
    "calendar.years": (
        "the holidays of {place} need years",
        'give years at the top of the standard, e.g. years = "2025..2026"',
    ),
    "case.events": (
        "{value} is no event",
        "give Event(kind, at=...)",
    ),
    "case.facts": (
        "{value} are no facts",
        "give a mapping of fact to value",
    ),
    "case.id": (
        "{value} is no text",
        "give the case's name as text, e.g. str(ticket.id)",
    ),
    "case.itself": (
        "{value} is the case itself",
        "give another case",
    ),
    "case.kind": (
        "{value} is no kind of event",
        "give it as text, as declared under events",
    ),
    "case.no_events": (
        "the case {value} has no event to count from",
        "give it the event that began it",
    ),
    "case.type": (
        "this is a {value}, not a Case",
        "give Case(id, facts, events)",
    ),
    "certificates.number": (
        "{months} months of validity or {grace} days of grace are none",
        "write months from 1, and days from 0",
    ),
    "certificates.unknown": (
        "no certificate is called {value}",
        "declare it under certificates, or write {nearest}",
    ),
    "choice.nearest": (
        "{value} is not a choice here",
        "write {nearest}",
    ),
    "choice.unknown": (
        "{value} is not a choice here",
        "choose one of {choices}",
    ),
    "clauses.path": (
        "{value} leads to no part of the standard",
        "write a part and its key, such as {nearest}",
    ),
    "clauses.silent": (
        "the clause says nothing",
        "write its text",
    ),
    "clauses.unknown": (
        "no clause is called {value}",
        "declare it under clauses, or write {nearest}",
    ),
    "cli.cases_alone": (
        "a log is counted, or facts are asked",
        "leave out the facts, or --cases",
    ),
    "cli.fact": (
        "'{value}' is no fact, or told twice",
        "write FACT=VALUE, each once",
    ),
    "cli.gzip": (
        "this is no whole gzip file: {reason}",
        "zip it again, or take .gz off its name",
    ),
    "cli.json": (
        "it is no JSON: {reason}",
        "give a file that svcstd wrote",
    ),
    "cli.moment": (
        "{value} is no moment",
        "write ISO 8601, e.g. 2016-01-20T00:00:00 or 2016-01-20T00:00:00-05:00",
    ),
    "cli.no_terms": (
        "the plan {plan} has no terms to settle by",
        "write terms in the plan, or leave --opening and --closing out",
    ),
    "cli.out_suffix": (
        "{suffix} is no form of statements",
        "write to a file that ends in {suffixes}",
    ),
    "cli.outside": (
        "{path} lies outside of the folder",
        "copy the file into the folder; no standard reads beyond its own",
    ),
    "cli.parquet": (
        "this is no whole Parquet file: {reason}",
        "write it again, or give a .csv or .jsonl file",
    ),
    "cli.parquet_none": (
        "the folder holds no .parquet file",
        "give the folder of the log, or its files",
    ),
    "cli.parquet_types": (
        "a column has another type than in {other}: {reason}",
        "write all files of a log alike",
    ),
    "cli.period_and_span": (
        "the days are told twice, by --period and by --since or --until",
        "give one of them",
    ),
    "cli.records": (
        "{value} names no records, or names them again",
        "write KIND=FILE, such as rating=ratings.csv, each kind once",
    ),
    "cli.several": (
        "several files are one log only as Parquet",
        "give one file, or Parquet files alone",
    ),
    "cli.span": (
        "no day lies between {since} and {until}",
        "give a later --until, or an earlier --since",
    ),
    "cli.suffix": (
        "'{suffix}' is no suffix of a standard",
        "give the standard first, as one of {suffixes}",
    ),
    "cli.table_suffix": (
        "'{suffix}' is no suffix of a decision table",
        "give one of {suffixes}",
    ),
    "cli.why": (
        "--corrects and --why belong together",
        "say what was wrong",
    ),
    "clock.both": (
        "'{kind}' both starts and stops the clock",
        "let one event start it and another stop it",
    ),
    "clock.key": (
        "two pauses have the key '{key}'",
        "give each its own key",
    ),
    "clock.pause": (
        "the pause '{key}' never begins or never ends",
        "give the events of on and until",
    ),
    "clock.resume": (
        "a single pause is pause with resume beside it; several stand under pauses with their keys",
        'write one of the two ways, e.g. pause = "hold", resume = "any other event"',
    ),
    "clock.silent": (
        "no event can {signal} the clock",
        "name one event or more",
    ),
    "cohorts.best": (
        "a share of the best needs a figure of which more is better",
        "choose the range or the percentile",
    ),
    "cohorts.digits": (
        "digits belong to standard deviations, and only to them",
        "give digits there, and leave them out elsewhere",
    ),
    "cohorts.fixed": (
        "the card is fixed to a cohort, which the file does not hold",
        "write the card before card.over(cohort)",
    ),
    "cohorts.flat": (
        "all of the cohort are the same ({value})",
        "say under flat what everybody then scores",
    ),
    "cohorts.none": (
        "the figure is compared with others, and nobody says with whom",
        "fix the card first: card.over(cohort)",
    ),
    "compare.no_score": (
        "there is no score to compare ({state})",
        "compare two scores",
    ),
    "condition.cell": (
        "a small table asks one thing, not: {value}",
        "write one of present, starts, ends, contains, not",
    ),
    "condition.deep": (
        "conditions are nested deeper than {most} levels",
        "write it flatter, or as several rules",
    ),
    "condition.list": (
        "{value} joins a list of tables, at least one",
        "write e.g. any_of = [{{kind = 'fault'}}, {{vip = true}}]",
    ),
    "condition.long": (
        "a condition of more than {most} values and tests is too long",
        "split it",
    ),
    "condition.opaque": (
        "a test brought from Python answered {value}",
        "answer True, False or None",
    ),
    "condition.order": (
        "a test by size does not fit the fact '{value}' of the kind {kind}",
        "test it by value",
    ),
    "condition.part": (
        "{value} is no part of a text",
        "give at least one letter",
    ),
    "condition.table": (
        "a condition is a table of facts",
        "write e.g. {{kind = 'fault'}}",
    ),
    "condition.text_only": (
        "a fact of the kind {kind} has no beginning, end or middle",
        "ask that of texts only",
    ),
    "conditions.unwritable": (
        "this condition cannot stand in a file",
        "write it with the tests that a file knows; a test from Python stays there",
    ),
    "courses.circle": (
        "the course {value} comes before itself",
        "take one of the courses out of after",
    ),
    "courses.level": (
        "{value} is no level",
        "write a whole number from 1",
    ),
    "courses.unknown": (
        "no course is called {value}",
        "declare it under courses, or write {nearest}",
    ),
    "curves.before": (
        "{value} comes before the first tier, which begins at {start}",
        "correct the value, or let the tiers say what comes of it",
    ),
    "curves.beyond": (
        "{value} lies beyond {low} to {high}",
        "declare what becomes of such a value: clamp or extend",
    ),
    "curves.goalposts": (
        "the best and the worst value are both {value}",
        "give two values; between them lies the score",
    ),
    "curves.number": (
        "{value} is no exact number",
        "give an integer, a Decimal or a Fraction; a float has no exact value",
    ),
    "curves.points": (
        "a line has fewer than two points",
        "give two points or more",
    ),
    "curves.rising": (
        "{second} does not come after {first}",
        "put them in rising order, each once",
    ),
    "curves.scale": (
        "{value} is no scale",
        "give what the best is worth, more than 0",
    ),
    "curves.step": (
        "the step {value} is not above 0, or no decimal",
        "write a step such as 1, 0.01 or 0.05",
    ),
    "curves.steps": (
        "there are {values} results for {bounds} bounds",
        "give one result more than bounds",
    ),
    "day.backwards": (
        "{value} working days cannot be combined with a cut-off or with counting today",
        "give them only when counting forward",
    ),
    "day.count": (
        "{value} is no number of days",
        "give a whole number, at most {most} either way",
    ),
    "day.mode": (
        "{value} is no mode",
        'give KeepTime(), CloseOfDay() or At("18:00"), with the parentheses',
    ),
    "day.range": (
        "{value} is no range of dates",
        "write e.g. [2010-01-01..2017-12-31]",
    ),
    "day.text": (
        "{value} is no date",
        "write YYYY-MM-DD",
    ),
    "day.time": (
        "{value} is no time of day",
        "write HH:MM, e.g. 18:00, without offset",
    ),
    "day.type": (
        "{value} is no date",
        "give a datetime.date, without a time",
    ),
    "day.years": (
        "{day} is beyond the years {first} to {last}",
        "leave the date away, or mend its year",
    ),
    "demand.hour": (
        "{value} is no hour of the week",
        "give a weekday from 0 (Monday) to 6, and an hour from 0 to 23",
    ),
    "dispute.answer": (
        "a dispute that is {state}, raised on {on}, cannot be answered so",
        "answer an open one, not before it was raised, in words",
    ),
    "dispute.line": (
        "{label} has no line {value}",
        "name a line or what refused it: {nearest}",
    ),
    "dispute.reason": (
        "a dispute needs a reason",
        "say in words what is wrong",
    ),
    "dmn.doctype": (
        "the document declares a document type or an entity",
        "take it out; nothing is fetched or expanded",
    ),
    "dmn.domain": (
        "the listed values '{value}' are no list of texts and no range",
        "declare the fact or the output in Python, and give it",
    ),
    "dmn.expression": (
        "the input '{value}' is an expression, not a fact",
        "ask a fact; compute it before the table is asked",
    ),
    "dmn.none": (
        "the document has no decision table",
        "export the decision table itself, not its diagram",
    ),
    "dmn.root": (
        "the document begins with '{tag}'",
        "give DMN, which begins with definitions",
    ),
    "dmn.several": (
        "the document has several decision tables: {names}",
        "name the one that is meant",
    ),
    "dmn.type": (
        "the type '{value}' is not known",
        "write {nearest}",
    ),
    "dmn.unknown": (
        "there is no decision table '{value}'",
        "write {nearest}",
    ),
    "dmn.xml": (
        "the document is no XML: {reason}",
        "mend it at that place",
    ),
    "duration.iso": (
        "{value} is no ISO 8601 duration in days, hours, minutes and seconds",
        "write e.g. PT8H30M",
    ),
    "duration.months": (
        "{value} has months or years, which have no fixed length",
        "count in days or hours",
    ),
    "duration.negative": (
        "{value} is negative",
        "count the other way: subtract() for add(), add() for subtract()",
    ),
    "duration.none": (
        "no amount of time is given",
        "give a timedelta, or hours=, minutes=, seconds=",
    ),
    "duration.type": (
        "{value} is no duration",
        "give a datetime.timedelta",
    ),
    "duration.whole": (
        "{value} is not a whole number, zero or more",
        "give an int, or a timedelta",
    ),
    "effects.period": (
        "scores and pay belong to a period",
        "give the period",
    ),
    "events.unknown": (
        "the event '{value}' is not declared",
        "declare it under events, or write {nearest}",
    ),
    "example.as_of": (
        "without events the example does not say when it is asked",
        "give as_of",
    ),
    "example.chosen": (
        "an assignment gives no '{value}'",
        "write {nearest}",
    ),
    "example.each": (
        "'{value}' is neither a declared fact nor a declared event",
        "write {nearest}",
    ),
    "example.each_event": (
        "the events stand in a list, which has no place for the times of '{value}'",
        "write the events as a table by kind, or vary facts alone",
    ),
    "example.empty": (
        "nothing is expected of it",
        "say what must come out, or leave the key away",
    ),
    "example.event": (
        "an event of the list cannot be read: {value}",
        "give event and at, and no more than facts, actor, group",
    ),
    "example.field": (
        "a reading has no '{value}'",
        "write {nearest}",
    ),
    "example.figure": (
        "nothing here has a '{value}'",
        "write {nearest}",
    ),
    "example.lengths": (
        "the variants differ in number: {lengths}",
        "give as many values in each list",
    ),
    "example.no_score": (
        "nothing of it has reasons to look for words in",
        "expect a score under scorecards as well, or leave because away",
    ),
    "example.pay_line": (
        "the plan {plan} has no line and no step called {value}",
        "write total, state, refused, shares or {nearest}",
    ),
    "example.row": (
        "values: {count}, fields: {fields}",
        "give one value for each field, or none in quotes",
    ),
    "example.rows": (
        "more than {most} records",
        "an example shows a few; test the many elsewhere",
    ),
    "example.shares": (
        "results do not tell who shares",
        "give records in place of results",
    ),
    "example.time": (
        "{value} is no time",
        "write a local time such as 2015-10-12T10:35:06, with offset where the clock turns back",
    ),
    "exchange.interval": (
        "{value} is no interval of a week",
        "write whole minutes from Sunday 00:00, up to 10080, the end after the start",
    ),
    "exchange.shape": (
        "the text has another shape: {reason}",
        "give the JSON that the API answers with",
    ),
    "explain.private": (
        "the reason {message} is for colleagues only",
        "show customers the whole explanation, which leaves such reasons out",
    ),
    "extra.missing": (
        "{what} needs a package that is not installed",
        "pip install 'svcstd[{extra}]'",
    ),
    "facts.alias": (
        "'{value}' is a value of its own and cannot stand for another",
        "take it out of also, or out of one_of",
    ),
    "facts.float": (
        "{value} is a float, whose digits are not exact",
        "give an int or a Decimal, or declare float_digits for the fact",
    ),
    "facts.float_digits": (
        "float_digits says to how many decimals the floats of a number are rounded",
        "give 0 to {most}, for facts of the kind number only",
    ),
    "facts.kind": (
        "{value} is not of the kind {kind}",
        "give a value of that kind; nothing is converted",
    ),
    "facts.missing": (
        "the fact '{value}' is missing",
        "give it, or ask with missing facts as unknown",
    ),
    "facts.name": (
        "the fact '{value}' is not declared",
        "declare it under facts, or write {nearest}",
    ),
    "facts.other_kind": (
        "'{value}' is of the kind {kind}, not {wanted}",
        "declare it so, or name another fact",
    ),
    "facts.null": (
        "a test against nothing is always unknown",
        "write {{present = false}} to ask whether a fact is missing",
    ),
    "facts.one_of": (
        "a fact of the kind {kind} has no list of values",
        "give one_of and also only for texts",
    ),
    "facts.reserved": (
        "'{value}' cannot name a fact",
        "any_of, all_of and not are words of conditions, and dots stand between names",
    ),
    "facts.test": (
        "{value} is no test or value of the kind {kind}",
        "write e.g. >= 1000 or [1..5)",
    ),
    "facts.test_unit": (
        "{value} is no test or value of the kind {kind} in {unit}",
        "write e.g. >= 1000 {unit}",
    ),
    "facts.unit": (
        "a fact of the kind {kind} counts nothing",
        "give a unit to numbers only",
    ),
    "facts.value": (
        "{value} is not a declared value",
        "write {nearest}",
    ),
    "facts.within": (
        "{value} lies outside what is declared, from {low} to {high}",
        "give a value within it, or declare more",
    ),
    "facts.within_kind": (
        "within does not fit a fact of the kind {kind}",
        "give a range of the same kind, for ordered kinds only",
    ),
    "facts.within_whole": (
        "{value} bounds whole numbers and is none",
        "write the whole number next to it, or make the kind of the fact number",
    ),
    "folder.head": (
        "the folder has not one file for the head, but {found}",
        "put the id, name and zone of the standard into standard.toml, .yaml or .json",
    ),
    "folder.lang": (
        "{value} is no file of a language",
        "write lang/en.toml, lang/zh.toml and the like",
    ),
    "folder.language": (
        "there are no words in {value}",
        "write lang/{value}.toml, or ask for {nearest}",
    ),
    "folder.large": (
        "the folder holds more than {files} files or {characters} characters",
        "split the standard, or leave out what is none",
    ),
    "folder.no_words": (
        "'{value}' is no word for people",
        "translate names and texts only; rules stand in the other files",
    ),
    "folder.nothing": (
        "there is no '{value}' here to translate",
        "write {nearest}",
    ),
    "folder.path": (
        "{value} is no path of a standard within its folder",
        "write names with / between them, ending in .toml, .yaml or .json",
    ),
    "folder.texts": (
        "a path or the content of a file is no text",
        "give texts by their paths",
    ),
    "folder.twice": (
        "'{key}' stands in {other} as well",
        "keep it in one of the files",
    ),
    "follow_up.dates": (
        "dates give rise to this duty, and no span of dates is given",
        "give the period to look in",
    ),
    "follow_up.done": (
        "nothing can fulfil the duty",
        "name the events that do under done",
    ),
    "follow_up.leap": (
        "an anniversary may be that of 29 February",
        "give each_year and leap together, leap as feb_28 or mar_1",
    ),
    "follow_up.on": (
        "a duty arises from events or from dates",
        "give either on, or one of each_year, dates and each",
    ),
    "follow_up.retry": (
        "tries, tried and retry go together",
        "give all three, or a single try",
    ),
    "forms.field": (
        "the form has no field '{value}'",
        "write {nearest}",
    ),
    "forms.script": (
        "longer than {most} letters, or a brace that opens no slot",
        "write slots as {{name}}, and no other braces",
    ),
    "forms.slot": (
        "the script has no slot '{value}'",
        "write {nearest}",
    ),
    "forms.twice": (
        "the field '{value}' is empty or there twice",
        "name each field once",
    ),
    "forms.unknown": (
        "there is no form '{value}'",
        "write {nearest}",
    ),
    "forms.unsaid": (
        "the slot '{value}' has no value",
        "give it",
    ),
    "freeze.overlay": (
        "holidays of the calendar {calendar} in an earlier edition would stay in this one",
        "give the later edition a calendar with a key of its own: an overlay adds holidays, it takes none away",
    ),
    "grades.else": (
        "the grades do not end with else, or mix >= and >",
        "write the best grade first, with one sign, and else for the last",
    ),
    "grades.text": (
        "{value} is no bound of a grade",
        "write a lower bound such as >= 0.92, the best grade first",
    ),
    "grades.tie": (
        "the score {value} lies on both sides of a band's edge",
        "choose promote or demote",
    ),
    "handoffs.none": (
        "the standard has no rule of hand-offs",
        "add handoffs",
    ),
    "handoffs.owner": (
        "'{value}' is no role and no team",
        "write {nearest}",
    ),
    "holiday_cn.gap": (
        "nothing is known between the years that are given: {years}",
        "give one text for each year, without a gap",
    ),
    "holiday_cn.shape": (
        "it is no notice of holiday-cn: {reason}",
        "give the JSON text of one year",
    ),
    "holiday_cn.twice": (
        "{year} is given twice",
        "give each year once",
    ),
    "holiday_cn.unsettled": (
        "the notice for {year} is not settled yet",
        "leave the year out until the State Council has published it",
    ),
    "holidays.both": (
        "{day} is both a holiday and a make-up workday",
        "keep one of the two",
    ),
    "holidays.category": (
        "{value} is no category of holidays there",
        "choose from {nearest}",
    ),
    "holidays.country": (
        "{value} is no country with known holidays",
        "write an ISO 3166 code, perhaps {nearest}",
    ),
    "holidays.covers": (
        "coverage from {first} to {last} is empty",
        "give the day after the last covered one as end",
    ),
    "holidays.language": (
        "{value} is no language of these holidays",
        "choose from {nearest}",
    ),
    "holidays.outside": (
        "{day} lies outside the coverage from {first} to {last}",
        "widen covers, or leave the day away",
    ),
    "holidays.subdivision": (
        "{value} is no subdivision of {country}",
        "perhaps {nearest}",
    ),
    "holidays.type": (
        "this is a {value}, not a HolidayTable",
        'give public_holidays("IT", years=range(2025, 2028)), or HolidayTable of your own dates',
    ),
    "holidays.unannounced": (
        "{country} has announced its make-up workdays up to {last}, not for {first}",
        "cover years up to {last}, and freeze again after the next notice",
    ),
    "holidays.years": (
        "{value} is no span of years",
        "give consecutive years, e.g. range(2025, 2027)",
    ),
    "hours.leaves_day": (
        "{start}-{end} seconds leave the day",
        "start within 0..86399 and end within 1..86400 seconds after midnight",
    ),
    "hours.long": (
        "the text has {length} characters",
        "write hours in at most {longest}",
    ),
    "hours.text": (
        "character {at} of '{text}': '{part}' cannot be read",
        "write {expected}",
    ),
    "hours.type": (
        "{value} are no weekly hours",
        "give WeeklyHours or their text, e.g. Mon-Fri 09:00-17:00",
    ),
    "hours.weekday_number": (
        "{value} is no weekday",
        "number Monday to Sunday as 0 to 6",
    ),
    "ical.days": (
        "no day lies between {first} and {last}",
        "give a first date, and the date after the last one",
    ),
    "ical.long": (
        "it is no text, or longer than {most} characters",
        "give the text of one file",
    ),
    "ical.many": (
        "there are more than {most} events",
        "split the calendar",
    ),
    "ical.text": (
        "it is no iCalendar: {reason}",
        "export the calendar again; it begins with BEGIN:VCALENDAR",
    ),
    "improvements.early": (
        "there is a result of something that is not done",
        "say when it was done, or leave the result out",
    ),
    "improvements.edition": (
        "no edition begins on {value}",
        "write the day of one: {nearest}",
    ),
    "improvements.key": (
        "the improvement calls itself {value}",
        "give it the key under which it stands",
    ),
    "improvements.order": (
        "{day} lies before the day it was found, {opened}",
        "put the days in order",
    ),
    "improvements.unwritten": (
        "the file has no place for the result of an improvement",
        "leave it out before writing, and judge it again from the records",
    ),
    "json.format": (
        "the format is {value}",
        "give what this version writes, format {format}",
    ),
    "json.shape": (
        "the mapping has another shape",
        "give {expected}",
    ),
    "kpis.as_of": (
        "nobody says when we ask, and the answer depends on it",
        "give as_of, or a period",
    ),
    "kpis.beside": (
        "{value} does not belong to {way}",
        "leave it out, or count in another way",
    ),
    "kpis.both": (
        "a record passes both tests",
        "let no value count for and against",
    ),
    "kpis.boxes": (
        "{value} highest marks do not tell good from bad on this scale",
        "give a scale with a step, and fewer boxes than it has marks",
    ),
    "kpis.like": (
        "no KPI is known as {value}",
        "write {nearest}",
    ),
    "kpis.missing": (
        "the record does not say {value}",
        "complete the record, or say under missing to leave it out or to count it as zero",
    ),
    "kpis.no_at": (
        "nothing says when a record happened",
        "name the field with its date or moment under at",
    ),
    "kpis.no_moment": (
        "the record does not say when it happened ({value})",
        "complete the record, or leave the period out",
    ),
    "kpis.quantile": (
        "a quantile needs both its share and its method",
        "give both, or neither for the mean",
    ),
    "kpis.split": (
        "only a share or a mean can be split by reason",
        "use by() to count groups apart",
    ),
    "kpis.unknown": (
        "no KPI is called {value}",
        "declare it under kpis, or write {nearest}",
    ),
    "kpis.way": (
        "it is not said, or said twice, what is counted",
        "give one of {ways}",
    ),
    "kpis.weight": (
        "{value} is no weight of a record",
        "give a number from 0",
    ),
    "kpis.window": (
        "it is counted over a {window} at least, and a {kind} is shorter",
        "ask for a {window}, or for several",
    ),
    "ladder.circle": (
        "the ways between {ranks} go round in a circle",
        "let every way lead up",
    ),
    "ladder.grade": (
        "{value} is no grade of the order",
        "write {nearest}",
    ),
    "ladder.grade_twice": (
        "{order} names a grade twice",
        "write each grade once, the lowest first",
    ),
    "ladder.kind": (
        "the need and the result of {value} are not of one kind",
        "give a grade for a grade, a number for a number",
    ),
    "ladder.no_grades": (
        "{value} has no grades",
        "write a bound, or grades in its scorecard",
    ),
    "ladder.no_needs": (
        "nothing is needed to rise",
        "write at least one need",
    ),
    "ladder.no_periods": (
        "no period is given",
        "give the periods to look at, the newest last",
    ),
    "ladder.number": (
        "{value} is no number here",
        "write a whole number, at least {least}",
    ),
    "ladder.period_twice": (
        "a period is there twice",
        "give the results of each period once, the newest last",
    ),
    "ladder.rank": (
        "{value} is no rank of the ladder",
        "write {nearest}",
    ),
    "ladder.several_posts": (
        "the ways lead to several ranks",
        "ask for one of them at a time",
    ),
    "ladder.twice": (
        "two ways lead from one rank to the same other",
        "write all that is needed in one of them",
    ),
    "ladder.two_kinds": (
        "two ways from one rank read {value} as a grade and as a number",
        "read it in one way",
    ),
    "ladder.unknown": (
        "no ladder is called {value}",
        "write {nearest}",
    ),
    "log.case_broken": (
        "line {line} of the same case cannot be read",
        "mend that line; half a history would give a wrong answer",
    ),
    "log.case_twice": (
        "the case {value} already stands at line {line}",
        "give each case one row, or map the log as long: event, at, kinds",
    ),
    "log.column": (
        "the log has no column '{value}'",
        "rename it in [log], perhaps {nearest}",
    ),
    "log.column_twice": (
        "the log has the column '{value}' twice",
        "rename one of them",
    ),
    "log.csv": (
        "the line is no CSV: {reason}",
        "mend its quotes",
    ),
    "log.empty": (
        "the log is empty",
        "give a header and a row a case or event",
    ),
    "log.json": (
        "the line is no JSON object: {reason}",
        "write one object a line",
    ),
    "log.no_id": (
        "the row names no case",
        "fill the column",
    ),
    "log.none": (
        "the standard does not say where a table keeps cases",
        "give a [log] part",
    ),
    "log.objective": (
        "the desk's answers may belong to any of several objectives",
        "name one: objective = ...",
    ),
    "log.separator": (
        "the header is one column: {value}",
        "separate columns by commas",
    ),
    "log.shape": (
        "a log is wide (events) or long (event, at and kinds), not both",
        "give one of the two",
    ),
    "log.width": (
        "the row has {got} fields and the header {expected}",
        "mend the row",
    ),
    "log.within": (
        "{value} is no elapsed time",
        "write e.g. 60 seconds",
    ),
    "matchers.early": (
        "the text ends too early",
        'write e.g. {{team="desk", level=~"high|urgent"}}',
    ),
    "matchers.escape": (
        "an escape in these quotes means nothing",
        'write \\ and one of " \\ n t r, or x, u or U and hexadecimal digits',
    ),
    "matchers.pattern": (
        "the pattern {value} is more than a choice of words",
        "write the words themselves, e.g. high|urgent",
    ),
    "matchers.quote": (
        "a quotation mark stands inside a value",
        "put the value in quotes, and a backslash before the mark",
    ),
    "matchers.unclosed": (
        "the quotes that begin here are not closed",
        "close them with a quotation mark",
    ),
    "matchers.unexpected": (
        "'{found}' is not expected here",
        'write e.g. {{team="desk", level=~"high|urgent"}}',
    ),
    "moment.fold": (
        "{value} happens twice or never in {zone}",
        "give an offset, or say how to read it: folds = earlier or later",
    ),
    "moment.naive": (
        "{value} has no time zone",
        'give an aware datetime, e.g. datetime(..., tzinfo=ZoneInfo("Asia/Shanghai"))',
    ),
    "moment.type": (
        "{value} is no moment",
        "give an aware datetime.datetime",
    ),
    "moment.years": (
        "{value} is beyond the years {first} to {last}",
        "mend the date",
    ),
    "follow_up.week": (
        "only weeks have a first day",
        'leave week away, or write each = "week"',
    ),
    "money.coin": (
        "a smallest coin of {value} minor units is none",
        "write a whole number above 0",
    ),
    "money.coins": (
        "{value} is not made of whole coins of {step} minor units",
        "round it to the coin first, by a named mode",
    ),
    "money.currency": (
        "{value} is no currency with a minor unit in ISO 4217 as of {on}",
        "write a code in capitals: {nearest}",
    ),
    "money.keys": (
        "{value} is no name, and ties go by name",
        "give the name of each payee as a text",
    ),
    "money.minor": (
        "{value} is no whole number of minor units, or has more than {most} digits",
        "give an int, or an amount to Money.of",
    ),
    "money.mixed": (
        "{one} and {other} are two currencies",
        "convert one of them by an ExchangeRate of a day",
    ),
    "money.other_rate": (
        "{currency} on {wanted} is not what the rate from {base} to {quote} of {on} is for",
        "give the rate of that currency and day",
    ),
    "money.parts": (
        "{value} {currency} has parts of a minor unit",
        "give a rounding, with its step and mode",
    ),
    "money.pattern": (
        "the pattern {value} has other braces than it may",
        "write {{amount}} and {{currency}} only",
    ),
    "money.rate": (
        "this is no rate from {base} to {quote}",
        "give two currencies and a rate above 0",
    ),
    "money.seats": (
        "{seats} seats are not {least} for each of {count}",
        "give more seats, or a smaller least, neither below 0",
    ),
    "money.step": (
        "a step of {step} is no whole number of minor units of {currency}",
        "write a step such as 0.01, or a coin such as 0.05",
    ),
    "money.text": (
        "it is no amount of money",
        "write an amount with a point and a code, such as 1820.00 CNY",
    ),
    "money.weights": (
        "nothing can be shared by these weights",
        "give weights that are not below 0, one of them above it",
    ),
    "money.whole": (
        "{value} is no whole number",
        "give an int",
    ),
    "objective.by": (
        "'{value}' is of the kind {kind}; a table needs a text",
        "pick the row by a text fact",
    ),
    "objective.by_table": (
        "a decision table picks the row, and by does not name it",
        "write by as routing. and the name of the table, and give the table",
    ),
    "objective.calendar": (
        "working time and working days need a calendar",
        "name one here, or a calendar for the whole standard",
    ),
    "objective.count": (
        "nothing is counted for '{target}'",
        "name the events under clock.count, or the fact under clock.count_fact",
    ),
    "objective.count_levels": (
        "'{target}' is a count and is reached, not used up",
        "write due as the only threshold",
    ),
    "objective.goal": (
        "{value} is no share that can be written",
        "write a share from 0 % to 100 %, with at most six decimals",
    ),
    "objective.levels": (
        "the threshold '{threshold}' stands twice",
        "name all its roles in one list",
    ),
    "objective.no_order": (
        "neither this objective nor '{other}' has an order",
        "give each its own order; smaller is shown first",
    ),
    "objective.no_target": (
        "nothing is promised",
        'give a target, or status = "needs_value"',
    ),
    "objective.order": (
        "the order is the same as that of '{other}'",
        "give each objective its own order; smaller is shown first",
    ),
    "objective.offset": (
        "'{target}' counts in no calendar, so that '{threshold}' cannot be measured",
        "write the threshold without working, or promise working time",
    ),
    "objective.other_table": (
        "'{value}' is another table than the one of that name",
        "give the table of the standard",
    ),
    "objective.pause_days": (
        "'{target}' cannot pause: days are counted on the calendar",
        "promise working or elapsed time, or drop the pause",
    ),
    "objective.picks": (
        "'{value}' cannot pick a row",
        "give it one output, a text, a hit policy by which one rule answers, and no dates",
    ),
    "objective.proportional": (
        "'{target}' has no share that could be kept",
        "promise working or elapsed time, or choose another retarget",
    ),
    "objective.row_value": (
        "a row of the table has no value",
        "give each row a target, or leave the row away",
    ),
    "objective.table": (
        "a table of targets and by go together",
        "give both, or a single target",
    ),
    "objective.unknown": (
        "there is no objective '{value}'",
        "write {nearest}",
    ),
    "objective.unpicked": (
        "no rule answers '{value}'",
        "write {nearest}, or let a rule answer it",
    ),
    "objective.unpromised": (
        "the objective '{value}' promises nothing to this case",
        "ask readings.unpromised for the reason",
    ),
    "panels.cell": (
        "the sum counts {value}, and there is no such cell",
        "name cells that are there",
    ),
    "panels.group": (
        "nobody rates as {value}",
        "write {nearest}",
    ),
    "panels.solved": (
        "what was told before gives {value} away",
        "nothing that is told now can hide it again",
    ),
    "panels.unknown": (
        "no panel is called {value}",
        "declare it under panels, or write {nearest}",
    ),
    "pay.above_zero": (
        "{value} is not above 0",
        "write a number above 0",
    ),
    "pay.account": (
        "{owed} owed and {carried} carried are no account",
        "write advances not below 0, and a result below zero that waits, not above 0",
    ),
    "pay.below_zero": (
        "{value} is below zero",
        "write an amount of 0 or more",
    ),
    "pay.campaign_score": (
        "a campaign counts a figure over its days, and {value} is a score with a cycle of its own",
        "pay it by a figure under kpis",
    ),
    "pay.campaign_undated": (
        "a campaign counts records by their day, and those of {value} have none",
        "name the field of their day under at",
    ),
    "pay.causes": (
        "the causes do not add up to {amount}",
        "give each its part, by an allocation",
    ),
    "pay.correction": (
        "a correction needs what was paid, and why it is corrected",
        "give the original with its corrections, and a reason in words",
    ),
    "pay.credits": (
        "the credits add up to {sum}, the figure is {exact}",
        "give the credit of every cause, none below 0",
    ),
    "pay.currency": (
        "{value} is not in {currency}",
        "write all money of a plan in its currency",
    ),
    "pay.cycle": (
        "a plan for each {every} pays no {kind}",
        "give a period of the plan's cycle",
    ),
    "pay.days": (
        "{days} days of service do not fit in {of}",
        "count whole days, no more than the period has, and at least one in the period",
    ),
    "pay.guarantee_and_draw": (
        "a guarantee beside a draw has no meaning",
        "write one of them; a draw with the recovery 0 is not given back",
    ),
    "pay.half_figure": (
        "{exact} and {rounded} are half a figure",
        "give both numbers, or none where there is no result",
    ),
    "pay.least_days": (
        "a least of {value} days of service has no unit or is below 0",
        "say which days count: calendar days, working days or service days",
    ),
    "pay.missing_refused": (
        "there is no result of {value}, and the plan refuses to go on",
        "give the result, or let the plan say nothing or withhold",
    ),
    "pay.named_twice": (
        "{value} names two lines or steps",
        "give each a name of its own",
    ),
    "pay.no_days": (
        "the days of service of {of} are not given in {value}",
        "give served for {value}; there are {nearest}",
    ),
    "pay.no_figure": (
        "{of} has no figure {value}",
        "give it, also where it is missing: Figure(None, None); there is {nearest}",
    ),
    "pay.no_gate": (
        "{value} is no gate of the plan",
        "write {nearest}",
    ),
    "pay.no_lines": (
        "a plan without a line pays nothing",
        "write a line: what it pays, times which result",
    ),
    "pay.no_members": (
        "no record of the kind {kind} names a member of {of} in that period",
        "give the records that say who belongs to it",
    ),
    "pay.no_people": (
        "a condition on payees needs their fields",
        "name a kind of records under people, and declare its fields there",
    ),
    "pay.no_pool": (
        "{label} is {state}: there is nothing to share",
        "share a statement that is due",
    ),
    "pay.no_records": (
        "{value} is counted over records of the kind {kind}, which are not given",
        "give them, or the score or figure itself",
    ),
    "pay.no_weight": (
        "nothing tells {figure} of {of}",
        "complete the records, or let a member without it get nothing",
    ),
    "pay.nobody": (
        "nobody is named",
        "say who is paid",
    ),
    "pay.of_one": (
        "{value} is known of one payee, and everybody is to be paid",
        "give it as records, or pay one of them",
    ),
    "pay.one_bound": (
        "one bound is needed",
        "write one of at_least, above, at_most, below",
    ),
    "pay.open_days": (
        "the days have no first or no last",
        "write both, such as [2026-03-01..2026-03-15]",
    ),
    "pay.other_score": (
        "the score {card} of {whose} for {other} is not that of {of} for {period}",
        "give scores of the payee and the period",
    ),
    "pay.other_statement": (
        "{label} of {of} cannot correct {other} of {whose}",
        "give statements of the same plan, payee and period",
    ),
    "pay.periods": (
        "{value} is no number of periods",
        "write a whole number, at least 1",
    ),
    "pay.person_twice": (
        "records tell of {of} twice in {period}",
        "keep one of them, or give the kind of records a date",
    ),
    "pay.range": (
        "nothing lies between {low} and {high} in steps of {step}",
        "give a low and a higher end, and a step above 0",
    ),
    "pay.several_payees": (
        "the statements are of several payees",
        "give the statements of one payee at a time",
    ),
    "pay.share": (
        "{value} is not a part",
        "write a number from 0 to 1",
    ),
    "pay.share_missing": (
        "the pool is shared by {by}, and missing does not fit that",
        "say what a member without a figure gets, or leave it out where all share equally",
    ),
    "pay.shares_nothing": (
        "{label} is no pool of {period} that its plan shares",
        "write share in the plan, and ask for the period of the pool",
    ),
    "pay.still_waiting": (
        "{label} is withheld",
        "wait until its results are there",
    ),
    "pay.team_card": (
        "{value} is a score of one person, for its records name whose they are by {of}",
        "name a card whose records say of which team they are",
    ),
    "pay.test": (
        "{value} is no bound",
        "write a sign and a number, such as >= 0.85 or < 90 %",
    ),
    "pay.tier_order": (
        "{first} comes before {second}",
        "let the bounds rise with < or <=, and fall with > or >=",
    ),
    "pay.tier_signs": (
        "the tiers use several signs: {signs}",
        "write one of them throughout, so that every bound belongs to one side",
    ),
    "pay.told_twice": (
        "{value} is told by records and by hand",
        "leave one of them out",
    ),
    "pay.two_fields": (
        "days of service stand in two fields",
        "name the field with the days of service, then the one with all days",
    ),
    "pay.two_scores": (
        "there are two scores of the card {card}",
        "give one",
    ),
    "pay.unknown_figure": (
        "{value} is no score or figure of the standard",
        "write {nearest}",
    ),
    "pay.unknown_plan": (
        "{value} is no plan of the standard",
        "write {nearest}",
    ),
    "pay.validity": (
        "the last day, {last}, comes before the first, {first}",
        "give days in order; both of them count",
    ),
    "percent.text": (
        "{value} is no share",
        "write e.g. 80 % or 99.9 %",
    ),
    "period.fiscal": (
        "{value} is no first month of a fiscal year",
        "give fiscal= as 1 to 12",
    ),
    "period.label": (
        "{value} is no period",
        "write 2026-01-05, 2026-01, 2026-Q1, 2026-H1 or 2026",
    ),
    "period.order": (
        "from {first} to {last} is empty",
        "give the day after the last one as end",
    ),
    "period.week": (
        "the week has no first day",
        'give week="Monday", or another day',
    ),
    "procedures.by": (
        "by stands without a table of ways",
        "give then as a table from value to step",
    ),
    "procedures.else": (
        "a way for all others stands before another way",
        "put it last",
    ),
    "procedures.kind": (
        "a step says one of {kinds}",
        "give exactly one of them",
    ),
    "procedures.step": (
        "there is no step '{value}'",
        "write {nearest}",
    ),
    "procedures.then": (
        "an end leads on, or a step that is none leads nowhere",
        "give then to every step but an end",
    ),
    "procedures.to": (
        "only a step that hands over says to whom, and it must",
        "give to with hand, and with nothing else",
    ),
    "procedures.unknown": (
        "there is no procedure '{value}'",
        "write {nearest}",
    ),
    "range.empty": (
        "nothing lies between {low} and {high}",
        "give the lower bound first",
    ),
    "range.mixed": (
        "{low} and {high} cannot be compared",
        "give two numbers or two dates",
    ),
    "range.unbounded": (
        "a range without bounds tests nothing",
        "give low or high, or ask Present",
    ),
    "ratings.again": (
        "{value} has rated {item} before in this month",
        "take the forms apart, or say under again which one counts",
    ),
    "ratings.item": (
        "{value} is not on the form",
        "write {nearest}",
    ),
    "ratings.own": (
        "{value} belongs to another part of the form",
        "choose another name",
    ),
    "records.field": (
        "records of the kind {kind} have no field {value}",
        "declare it, or write {nearest}",
    ),
    "records.none": (
        "the card asks for records of the kind {value}, and none are given",
        "give them; if there are none, give an empty list",
    ),
    "records.unasked": (
        "the card asks for no records of the kind {value}",
        "leave them out, or write {nearest}",
    ),
    "records.unknown": (
        "no kind of records is called {value}",
        "declare it under records, or write {nearest}",
    ),
    "report.undeclared": (
        "the standard does not say how its reports count",
        "add [reports.attainment] with by = started, due or decided, and week = the first day of the week",
    ),
    "review.waiver": (
        "a finding is waived without a rule or a reason",
        "write the id of the rule, and why it is accepted",
    ),
    "roles.circle": (
        "escalation goes round in a circle: {circle}",
        "end it at the highest role",
    ),
    "roles.unknown": (
        "there is no role '{value}'",
        "declare it under roles, or write {nearest}",
    ),
    "rounding.text": (
        "{value} is no rounding",
        "write a step and a mode, such as 0.01 half up",
    ),
    "routes.bounds": (
        "more than {most} routes, or deeper than {deepest} levels",
        "split the tree, or use a table",
    ),
    "routes.id": (
        "'{value}' cannot be the id of a route",
        "give it a name, other than else",
    ),
    "routes.unknown": (
        "there is no route '{value}'",
        "write {nearest}",
    ),
    "rules.aggregate": (
        "{aggregate} says what becomes of the rows that collect gathers",
        'give it with hit = "collect" only',
    ),
    "rules.aggregate_output": (
        "{aggregate} needs one output, a number",
        "name one output of the kind number or integer",
    ),
    "rules.as_of": (
        "the answer depends on the day",
        "say when we ask: as_of",
    ),
    "rules.conflict": (
        "rules with different outcomes fit: {rules}",
        "make them agree, or let one of them not fit",
    ),
    "rules.day": (
        "some rules hold on some days only",
        "say the day on which the table is asked",
    ),
    "rules.else": (
        "an outcome for all other cases has no reason",
        "say under because why they may be treated alike",
    ),
    "rules.no_order": (
        "the hit policy {hit} needs an order of the values of an output",
        "list them under one_of, the first going first",
    ),
    "rules.no_rule": (
        "no rule fits, and the table calls that an error",
        "add a rule, or an else",
    ),
    "rules.no_table": (
        "there is no routing table '{value}'",
        "write {nearest}",
    ),
    "rules.output": (
        "the output '{value}' is not declared",
        "declare it under out, or write {nearest}",
    ),
    "rules.output_value": (
        "{value} is no declared value of the output",
        "write one of {values}",
    ),
    "rules.reserved": (
        "'{value}' cannot name a rule",
        "choose another id; else is the row of all other cases",
    ),
    "rules.rows": (
        "there are {rows} rows of outputs and not one that '{value}' could be taken from",
        "ask matched first, or read the rows",
    ),
    "rules.several": (
        "several rules fit where one may: {rules}",
        "let all but one not fit, or choose another hit policy",
    ),
    "rules.unknown": (
        "there is no rule '{value}'",
        "write {nearest}",
    ),
    "rules.width": (
        "the row has {got} cells for {columns} facts and {outputs} outputs",
        "write a cell for each, - for any",
    ),
    "scales.grade": (
        "{value} is no grade of the scale",
        "write {nearest}",
    ),
    "scales.grades": (
        "there are fewer than two grades",
        "name at least two, the lowest first",
    ),
    "scales.off": (
        "{value} is not on the scale from {low} to {high}",
        "it counts in steps of {step}",
    ),
    "scales.step": (
        "steps of {value} do not lead from {low} to {high}",
        "choose a step that divides the distance",
    ),
    "scales.undeclared": (
        "the scale is not one of the standard",
        "declare it under scales",
    ),
    "scales.unknown": (
        "no such scale is called {value}",
        "declare it under scales, or write {nearest}",
    ),
    "scoring.below": (
        "the score {value} has no such mean",
        "score above 0, or take the arithmetic mean",
    ),
    "scoring.cohort": (
        "there are too few to compare with",
        "give at least {least}",
    ),
    "scoring.confidence": (
        "{value} does not lie between 0 and 1",
        "give a share such as 0.95",
    ),
    "scoring.covered": (
        "{value} is no share of the weight for this policy",
        "give 0 to 1 for reweight, more than 0 for withhold, and none for refuse and zero",
    ),
    "scoring.denominator": (
        "the denominator {value} is below 0",
        "count what there was, from 0",
    ),
    "scoring.digits": (
        "roots need a number of decimals, and nothing else does",
        "give digits from 0 to {most} for geometric and power, and leave it out for the rest",
    ),
    "scoring.missing": (
        "the score '{value}' is missing",
        "give it, or declare what becomes of missing ones: reweight, zero or withhold",
    ),
    "scoring.no_figure": (
        "the figure {value} is not given",
        "count it, or give the figure of no records, kpi.measure([])",
    ),
    "scoring.no_part": (
        "there is a weight for {value}, and no such part",
        "name the part, or write {nearest}",
    ),
    "scoring.negative": (
        "{value} is below 0",
        "give 0 or more",
    ),
    "scoring.no_share": (
        "{numerator} of {denominator} is no share",
        "give a numerator from 0 to the denominator",
    ),
    "scoring.no_time": (
        "no time passes",
        "give a time above 0",
    ),
    "scoring.no_weight": (
        "the part {value} has no weight",
        "give it one, or write {nearest}",
    ),
    "scoring.other_key": (
        "the card calls itself {value}, and stands under {key}",
        "give it the key under which it stands",
    ),
    "scoring.pairs": (
        "no unit was rated by two",
        "give ratings of which some share a unit",
    ),
    "scoring.power": (
        "the power {value} does not belong here",
        "give one that is not 0 to the method power, and none to the rest",
    ),
    "scoring.raters": (
        "the units were not all rated by the same number of raters, at least two",
        "count the raters of each unit, or use krippendorff_alpha",
    ),
    "scoring.rows": (
        "the rows are not of one length, or there are none",
        "give every row a place for the same units or marks, in one order",
    ),
    "scoring.shares": (
        "the shares add up to {value}",
        "let them add up to 1, none below 0",
    ),
    "scoring.stratum": (
        "nothing is known of the stratum {value}",
        "name it, or write {nearest}",
    ),
    "scoring.strength": (
        "the strength {value} is not above 0",
        "say for how many cases the mean counts, such as 20",
    ),
    "scoring.too_many": (
        "not even {most} agents reach it",
        "lower the goal, or allow more time",
    ),
    "scoring.trials": (
        "{successes} of {trials} is no count of a share",
        "give at least one trial, and no more successes than trials",
    ),
    "scoring.unknown_card": (
        "no scorecard is called {value}",
        "declare it under scorecards, or write {nearest}",
    ),
    "scoring.unmeasured": (
        "the figure {value} is not given",
        "measure it; of nothing, give Measure(0, 0, 0)",
    ),
    "scoring.untold": (
        "nothing is told of the part {value}",
        "give its points, or a Lack",
    ),
    "scoring.unweighted": (
        "the score '{value}' has no weight",
        "give it one, or leave the score out",
    ),
    "scoring.weight": (
        "the weight {value} is not above 0",
        "leave the part out, or give it a weight",
    ),
    "scripts.unknown": (
        "there is no script '{value}'",
        "write {nearest}",
    ),
    "shape.bounds": (
        "{value} is out of bounds",
        "give {low} to {high}",
    ),
    "shape.empty": (
        "the list is empty",
        "give one thing or more, or leave the key away",
    ),
    "shape.key": (
        "'{value}' is no key",
        "use ASCII letters, digits, _ and -, no dots; put what people read into name",
    ),
    "shape.kind": (
        "this is {got}",
        "write {expected}",
    ),
    "shape.missing": (
        "'{key}' is missing",
        "give it",
    ),
    "shape.twice": (
        "'{key}' means the same as a key above it",
        "write it once",
    ),
    "shape.unknown_key": (
        "'{value}' is no key here",
        "write {nearest}",
    ),
    "stamp.date": (
        "{value} is no date: {reason}",
        "mend the row",
    ),
    "stamp.offset": (
        "{value} carries no offset",
        "give zone and folds in [log]",
    ),
    "stamp.pattern": (
        "{value} is no pattern of time stamps",
        "use YYYY, MM, DD, HH (or hh with A), mm, ss, SSS and Z once each, or ISO 8601",
    ),
    "stamp.text": (
        "{value} is not of the form {pattern}",
        "mend the row, or the pattern in [log]",
    ),
    "stamp.zone": (
        "the stamps carry no offset",
        "give zone, and folds = earlier, later or reject",
    ),
    "standard.edition": (
        "no edition is called {value}",
        "write {nearest}",
    ),
    "standard.editions": (
        "editions need one first and then rising dates",
        "give each change its own later date",
    ),
    "standard.faults": (
        "faults found: {count}",
        "mend each of them",
    ),
    "standard.newer": (
        "the file is written in format {value}, and this svcstd reads up to {format}",
        "install the release that the file was written with, or a later one",
    ),
    "standard.nothing_to_remove": (
        "the edition before holds no '{value}'",
        'name it by its keys from the top, such as "objectives.answer.clock.cancel"',
    ),
    "standard.pilot": (
        "the pilot {value} is not that of its edition",
        "give the edition the key of the pilot, which is not empty, and the zone of the standard",
    ),
    "standard.too_early": (
        "{day} lies before the first edition, {first}",
        "ask for a later case, or give the first edition no from",
    ),
    "standard.when": (
        "the standard has several editions, and nobody says which day is meant",
        "give period or as_of",
    ),
    "syntax.encoding": (
        "byte {place} is not UTF-8",
        "save the file as UTF-8",
    ),
    "syntax.file": (
        "{value} cannot be read",
        'give loads() a text, and load() an open file: load(path.open("rb"))',
    ),
    "syntax.json": (
        "not JSON: {reason}",
        "mend the text there",
    ),
    "syntax.key": (
        "the key {value} is no text",
        "quote it",
    ),
    "syntax.large": (
        "the document is too deep or too large",
        "nest at most {depth} deep, and hold at most {nodes} values",
    ),
    "syntax.long": (
        "the text has {length} characters",
        "give at most {most}",
    ),
    "syntax.number": (
        "{value} is no number that can be kept exactly",
        "write at most 40 digits, no infinity",
    ),
    "syntax.toml": (
        "not TOML: {reason}",
        "mend the text there",
    ),
    "syntax.top": (
        "a standard is a table at the top",
        "write keys such as svcstd = 1 ({format})",
    ),
    "syntax.twice": (
        "the key '{key}' stands twice",
        "keep one",
    ),
    "syntax.yaml": (
        "not YAML 1.2: {reason}",
        "mend the text there",
    ),
    "table.csv": (
        "the text is no CSV: {reason}",
        "quote a cell that holds a quote, a comma or a line break",
    ),
    "table.else": (
        "the row else tests something",
        "put - into its cells, and no dates: it takes what no rule fits",
    ),
    "table.id": (
        "the id '{value}' is empty or stands twice",
        "give each row an id of its own in the first column",
    ),
    "table.missing": (
        "there is no column '{value}'",
        "add it; a table answers each of its outputs",
    ),
    "table.no_row": (
        "the rule fits in no row: a test spans several facts, or a fact has two",
        "write it as one test for each fact, or keep it in the standard file",
    ),
    "table.none": (
        "there is no table",
        "begin with a line of cells: the hit policy, facts, and outputs such as: then role",
    ),
    "table.strict": (
        "'{value}' is no way to end a hit policy",
        "write nothing, or: no match is an error",
    ),
    "table.tree": (
        "a tree of routes is no decision table",
        "name a table; a tree stays in the standard file",
    ),
    "table.twice": (
        "'{value}' stands twice",
        "keep one of them",
    ),
    "table.width": (
        "the row has {got} cells where the head has {expected}",
        "give every column its cell; - asks nothing",
    ),
    "target.bounds": (
        "{low}..{high} is no range of counts",
        "write e.g. 2..3 rings, at most {most}",
    ),
    "target.days": (
        "{value} is no number of days to promise",
        "give 0 to {most}",
    ),
    "target.factor": (
        "{value} is no factor",
        "give a number above 0, at most 100",
    ),
    "target.factor_fraction": (
        "{value} times '{target}' is not a whole number of seconds",
        "give a factor that leaves whole seconds",
    ),
    "target.fraction": (
        "{value} is not a whole number of seconds",
        "promise whole seconds",
    ),
    "target.long": (
        "{value} is longer than ten years",
        "promise less",
    ),
    "target.no_amount": (
        "'{value}' is no amount of time",
        "write e.g. 90 minutes or 2 working hours",
    ),
    "target.no_due": (
        "'{target}' cannot be counted from an event",
        "promise time or days, e.g. next calendar day by 18:00",
    ),
    "target.text": (
        "'{value}' is no target",
        "write e.g. 8 hours, 8 working hours, 3 working days, 30 calendar days",
    ),
    "target.then": (
        "'{value}' is not working time and then elapsed time",
        "write e.g. 4 working hours then 2 hours",
    ),
    "target.unit": (
        "'{value}' is nothing to count",
        "write a word in the plural, e.g. 2..3 rings",
    ),
    "target.unscaled": (
        "'{target}' cannot be promised by a factor",
        "give each its own row, or promise time",
    ),
    "target.which_days": (
        "'{value}' does not say which days",
        "write working days or calendar days",
    ),
    "task.kinds": (
        "{value} is compared with values of two kinds",
        "compare it with one kind in every filter",
    ),
    "task.no_queue": (
        "none of its targets names a queue",
        "give the first target a queue",
    ),
    "task.text": (
        "character {at}: '{value}' has no translation",
        "compare an attribute with a value; and, or, not, in and brackets are read",
    ),
    "teams.unknown": (
        "there is no team '{value}'",
        "declare it under teams, or write {nearest}",
    ),
    "testing.hour": (
        "{value} is no hour of a week",
        "give weekday and hour, such as (0, 9): Monday is 0 and Sunday 6, hours go from 0 to 23",
    ),
    "testing.most": (
        "more than {most} cases arrive",
        "give fewer arrivals or a shorter period, or allow more with most=",
    ),
    "testing.not_drawn": (
        "{value} is not drawn: {reason}",
        "draw what it is made of, or write a strategy for it",
    ),
    "text.long": (
        "a text of {length} characters is too long: {most} are the most",
        "split it",
    ),
    "threshold.share": (
        "{value} is no share of a target",
        "write above 0 %, at most 1000 %",
    ),
    "threshold.text": (
        "'{value}' is no threshold",
        "write e.g. 80 %, due, 30 minutes before due, 2 working hours after due, 48 hours after start",
    ),
    "unary.early": (
        "the text ends too early",
        "write -, a literal, a list, >= 5, [1..5), not(...) or null",
    ),
    "unary.escape": (
        "an escape in these quotes means nothing",
        'write \\ and one of " \\ n t r b f /, or u and four hexadecimal digits',
    ),
    "unary.order": (
        "text has no order here",
        'write literals, or starts with(?, "AB")',
    ),
    "unary.quotes": (
        "{found} is a word without quotes",
        'write "{found}", or true, false or null',
    ),
    "unary.range": (
        "nothing lies between {low} and {high}",
        "write the lower bound first",
    ),
    "unary.typed": (
        "{value} is no such value",
        'write date("2026-02-17"), date and time("2026-02-17T09:00:00+08:00") or duration("PT8H")',
    ),
    "unary.unclosed": (
        "the text in quotes that begins here is not closed",
        "close it with a quotation mark",
    ),
    "unary.unexpected": (
        "'{found}' is not expected here",
        "write -, a literal, a list, >= 5, [1..5), not(...) or null",
    ),
    "unary.unwritable": (
        "this condition has no S-FEEL text for one input",
        "write it with tests of that one input",
    ),
    "years.text": (
        "{value} is no span of years",
        "write e.g. 2010..2017",
    ),
    "zone.unknown": (
        "'{value}' is no time zone",
        "write an IANA name such as {nearest}",
    ),
}

SENTENCES: dict[str, str] = {
    "assign.credential": "{agent} has no {what}",
    "assign.dropped": "{need} is given up, for the work has waited",
    "assign.edition": "{what} of {agent} was passed under {has}, {wanted} counts",
    "assign.ended": "{what} of {agent} ended {day}",
    "assign.excluded": "{agent} is excluded: {reason}",
    "assign.first": "{agent} comes first of {count}: {order}",
    "assign.given": "given to the team {team}",
    "assign.known": "{known} is wanted",
    "assign.lead": "{agent} has had {has}, {lead} or more ahead of {least}",
    "assign.level": "{what} of {agent} has level {has}, {wanted} is needed",
    "assign.nobody": "nobody can take it",
    "assign.not_yet": "{what} of {agent} begins {day}",
    "assign.open": "{name} is closed and opens {opens}",
    "assign.open_unknown": "{name} is closed, and it is not known when it opens",
    "assign.part": "{team} has no {part}",
    "assign.rejected": "not {agent}",
    "assign.role": "{agent} does not work as {role}",
    "assign.room": "{agent} has {load} of {capacity}, and this takes {units}",
    "assign.serves": "{team} does not serve {place}",
    "assign.several": "several reasons",
    "assign.shift": "{name} is off shift until {opens}",
    "assign.shift_unknown": "{name} is off shift, and it is not known until when",
    "assign.skill": "{agent} has {skill} at {has}, {wanted} is needed",
    "assign.speaks": "{agent} does not speak {language}",
    "assign.status": "{agent} is {has}, not {wanted}",
    "assign.trait": "{trait} of {team} is {has}, {wanted} is needed",
    "assign.unknown": "{fact} is missing",
    "award.cash": "{amount} in money",
    "award.certificate": "a certificate: {name}",
    "award.equity": "{units} units of {name}, from {first} to {last}",
    "award.gift": "a gift: {name}, worth {worth}, no cash",
    "award.given": "{award} for {of}, for {cause} on {on}",
    "award.once": "{cause} was awarded already, to {of} on {on}",
    "award.praise": "praise: {name}",
    "award.project": "a place in a project: {name}",
    "award.promotion": "priority in promotion: {name}",
    "award.tuition": "{amount} of the {cost} that learning cost, at most {most}",
    "batch.crowded": "all who could have it are needed elsewhere",
    "batch.place": "{agent} stands at place {place} of {count}, which is best for the whole",
    "book.action": "what is done",
    "book.after": "after",
    "book.also": "also written",
    "book.always_open": "{name}: open at all times.",
    "book.applies": "applies to",
    "book.approved": "Approved by {role} on {day}.",
    "book.articles_title": "Standard answers",
    "book.assignment_title": "Who gets the work",
    "book.authority": "decides alone",
    "book.awards_title": "Awards",
    "book.best": "best {winners} of each {every}, n ≥ {n}, by",
    "book.better": "better",
    "book.bound": "bound",
    "book.by_dates": "on dates",
    "book.calendar": "calendar",
    "book.calendars": "Calendars",
    "book.cause": "cause",
    "book.certificates_title": "Certificates",
    "book.changes": "Editions, and what changed",
    "book.channels": "Channels and teams",
    "book.channels_title": "Channels",
    "book.clauses": "Clauses",
    "book.contents": "Contents",
    "book.conversions_title": "What opens a case of its own",
    "book.course": "course",
    "book.courses_title": "Courses",
    "book.covers": "covers",
    "book.day": "day",
    "book.day_closed": "{day}: closed",
    "book.day_holiday": "{day}: {name}, closed",
    "book.day_made_up": "{day}: {name}, open for {hours}",
    "book.day_open": "{day}: open for {hours}",
    "book.day_unknown": "{day}: not known yet",
    "book.done": "done",
    "book.draw": "draw / recovered",
    "book.due": "due",
    "book.escalates": "escalates to",
    "book.events_title": "What may happen to a case",
    "book.every": "every",
    "book.facts_title": "What may be known of a case",
    "book.family": "{name}: by {by}",
    "book.fields": "fields",
    "book.follow_ups_title": "Follow-ups",
    "book.for_each": "for each {cause}",
    "book.forms": "Forms and scripts",
    "book.forms_title": "Forms",
    "book.from": "from {day}",
    "book.gate": "gate",
    "book.gives": "gives",
    "book.glossary": "Glossary",
    "book.goal": "goal",
    "book.goals": "goals",
    "book.goes_to": "goes to",
    "book.grade": "grade",
    "book.guarantee": "guarantee",
    "book.handoffs_title": "Hand-offs",
    "book.has": "tells",
    "book.headline": "{binding} of {clauses} clauses are in force; objectives with a promise: {objectives}.",
    "book.headline_plain": "Objectives with a promise: {objectives}; editions: {editions}.",
    "book.held_back": "held back / periods",
    "book.improvements": "Improvements",
    "book.in_a_row": "periods in a row",
    "book.kept_by": "kept by",
    "book.key": "key",
    "book.kind": "kind",
    "book.kind_commitment": "commitment",
    "book.kind_conduct": "conduct",
    "book.kind_criterion": "criterion",
    "book.kind_definition": "definition",
    "book.kind_principle": "principle",
    "book.kind_prohibition": "prohibition",
    "book.knowledge": "Answers, surveys and reports",
    "book.kpis_title": "Figures",
    "book.least_days": "least days",
    "book.made": "Made by svcstd {version}.",
    "book.means_aspirational": "It is wished for; nobody may rely on it.",
    "book.means_in_force": "It holds, and what it promises is kept or measured.",
    "book.means_needs_value": "It is decided, but a number in it is still open.",
    "book.means_pending": "It is not decided yet.",
    "book.means_withdrawn": "It no longer holds.",
    "book.meta": "Edition {edition}, zone {zone}.",
    "book.method": "method",
    "book.months": "months",
    "book.most": "at most",
    "book.most_returns": "back to each other at most",
    "book.name": "name",
    "book.needs": "needs",
    "book.number": "number",
    "book.objectives": "Objectives",
    "book.opens": "opens a case with",
    "book.owner": "owner",
    "book.panels_title": "Panels",
    "book.part": "part",
    "book.passing": "least marks",
    "book.pay": "Pay, awards and ranks",
    "book.pays": "pays",
    "book.pilot": "Pilot {pilot} from {day} on, for {scope}",
    "book.pilot_until": "Pilot {pilot} from {day} until {until}, for {scope}",
    "book.prefer": "in order of",
    "book.procedures": "Procedures",
    "book.promised": "promised",
    "book.prorated": "prorated by",
    "book.quota": "quota",
    "book.reached": "reached at",
    "book.records": "records",
    "book.relaxed": "given up with time",
    "book.reports_title": "Reports",
    "book.result": "result",
    "book.role": "role",
    "book.roles": "Roles",
    "book.routing": "Routing",
    "book.rows": "meets",
    "book.scale": "{low} to {high}",
    "book.scale_step": "{low} to {high} in steps of {step}",
    "book.scales_title": "Scales",
    "book.scores": "Figures and scorecards",
    "book.scripts_title": "Scripts",
    "book.segments_title": "Customers",
    "book.shortfall": "fell short",
    "book.shuts": "shuts",
    "book.stale": "stale after",
    "book.status": "status",
    "book.status_aspirational": "wished for",
    "book.status_in_force": "in force",
    "book.status_needs_value": "needs a value",
    "book.status_pending": "not decided",
    "book.status_withdrawn": "withdrawn",
    "book.statuses_title": "How far a clause holds",
    "book.step": "step",
    "book.surveys_title": "Surveys",
    "book.table": "as a table",
    "book.teaches": "teaches",
    "book.teams_title": "Teams",
    "book.text": "text",
    "book.to": "to",
    "book.told": "who is told",
    "book.training": "Training",
    "book.unit": "unit",
    "book.value": "value",
    "book.values": "values",
    "book.way": "way up",
    "book.weight": "weight",
    "book.what": "what",
    "book.word_calendar_days": "calendar days",
    "book.word_certificate": "a certificate",
    "book.word_date": "date",
    "book.word_day": "day",
    "book.word_duration": "duration",
    "book.word_exam": "exam",
    "book.word_fiscal": "fiscal year",
    "book.word_half": "half-year",
    "book.word_innovation": "innovation",
    "book.word_integer": "whole number",
    "book.word_less": "less",
    "book.word_lifecycle": "by lifecycle",
    "book.word_moment": "moment",
    "book.word_month": "month",
    "book.word_more": "more",
    "book.word_mystery_shopper": "mystery shopper",
    "book.word_need": "by need",
    "book.word_never": "never",
    "book.word_new_edition": "a new edition",
    "book.word_number": "number",
    "book.word_performance": "performance",
    "book.word_phone_interview": "phone interview",
    "book.word_practical": "practical",
    "book.word_praise": "praise",
    "book.word_project": "a place in a project",
    "book.word_promotion": "priority in promotion",
    "book.word_quarter": "quarter",
    "book.word_questionnaire": "questionnaire",
    "book.word_service_days": "days of service",
    "book.word_simulation": "simulation",
    "book.word_social_monitoring": "social monitoring",
    "book.word_team": "team",
    "book.word_text": "text",
    "book.word_true_or_false": "true or false",
    "book.word_tuition": "tuition",
    "book.word_value": "by value",
    "book.word_week": "week",
    "book.word_working_days": "working days",
    "book.word_year": "year",
    "calendar.closed": "closed from {start} to {end}",
    "calendar.elapsed": "{amount} open from {start} to {end}",
    "calendar.exception": "{day} has hours of its own: {hours}",
    "calendar.exception_named": "{day} has hours of its own: {hours} ({name})",
    "calendar.holiday": "closed all of {day}: {name}",
    "calendar.holiday_provisional": "closed all of {day}: {name} (a later notice may still change that)",
    "calendar.make_up": "{day} is a make-up workday",
    "calendar.no_such_day": "{day} never happened in {zone}",
    "calendar.operand": "by {name}:",
    "calendar.span": "{amount} counted from {start} to {end}",
    "calendar.taken_away": "taken away while {name} is open",
    "calendar.weekday": "no hours on {day}",
    "certificates.failed": "{name}: not earned",
    "certificates.for_good": "{name}: valid from {first} on, without an end",
    "certificates.low_mark": "{source}: {mark}, but at least {least} is needed",
    "certificates.mark": "{source}: {mark}, at least {least} is needed",
    "certificates.no_mark": "{source}: no mark, and at least {least} is needed",
    "certificates.stale": "the edition of {day} changed what it covers ({clauses}); it counts for {grace} days more",
    "certificates.until": "{name}: valid from {first} to {last}",
    "change.activity": "{name}: {old} before, {new} now",
    "change.cycle": "{name}: cycle {old} before, cycle {new} now",
    "change.cycle_verdict": "{name}, cycle {cycle}: {old} before, {new} now",
    "change.due": "{name}: due {old} before, {new} now",
    "change.no_longer": "{name}: no longer promised",
    "change.promised": "{name}: promised now",
    "change.target": "{name}: {old} promised before, {new} now",
    "change.verdict": "{name}: {old} before, {new} now",
    "charts.control_title": "Weeks beyond chance",
    "charts.demand_title": "When cases come",
    "charts.edition": "edition {label}",
    "charts.on_one_side": "eight in a row on one side of the mean",
    "charts.in_one_direction": "six in a row in one direction",
    "charts.far_out": "two of three far from the mean",
    "charts.away": "four of five on one side, away from the mean",
    "charts.beyond_limits": "beyond the limits",
    "charts.calm": "nothing stands out",
    "charts.control_calm": "Nothing stands out in {periods} periods; the mean is {centre}.",
    "charts.control_note": "{count} of {periods} periods stand out; the mean is {centre}.",
    "charts.demand_note": "{total} arrivals, local time {zone}; the busiest hour is {busiest} with {rate} an hour.",
    "charts.pareto_note": "{vital} of {count} causes make {share}.",
    "charts.pareto_title": "Where promises were broken",
    "charts.point": "{label}: {value}, n = {n}, limits {low} to {high}",
    "charts.rounding": "rounding",
    "charts.rounding_of": "rounding of {name}",
    "charts.running": "{amount}, together {share}",
    "charts.score": "{card} of {of}: {value}",
    "charts.change_all": "all promises",
    "charts.change_better": "better",
    "charts.change_insufficient": "too few to tell",
    "charts.change_note": "Compared with the days from {since} until {until}: {better} promises are kept more often, {worse} less often, beyond chance (95 %). With fewer than {least} decisions on a side nothing can be told. The line says between which percentage points the difference may lie.",
    "charts.change_same": "no more than chance",
    "charts.change_title": "Before and after",
    "charts.change_worse": "worse",
    "check.coverage_ended": "the holidays of the calendar {calendar} are known up to {day} only: later due times cannot be told",
    "check.coverage_ends": "the holidays of the calendar {calendar} are known up to {day} only: extend the years soon",
    "check.error": "error",
    "check.example": "example",
    "check.failing": "{where}: {part}.{field} should be {expected}, but is {got}",
    "check.finding": "finding",
    "check.info": "info",
    "check.no_row": "{objective} promises nothing to {fact} = {value}, and has no else",
    "check.provisional": "the holidays of the calendar {calendar} may still change from {day} on: freeze again after the next notice",
    "check.rule": "rule",
    "check.severity": "severity",
    "check.summary": "{name}, as of {day}: editions {editions}, objectives {objectives}, example cases {examples}, failing {failing}, findings {findings}, waived {waived}.",
    "check.warning": "warning",
    "check.where": "where",
    "condition.no": "no: {test}",
    "condition.no_for": "no: {test}, for {facts}",
    "condition.open": "unknown: {test}",
    "condition.open_for": "unknown: {test}, for {facts}",
    "condition.yes": "yes: {test}",
    "desk.before_start": "the desk's due time lies before the request",
    "desk.by_hand": "no number of days gives the desk's due time: probably promised again by hand",
    "desk.contradicts": "the desk's verdict contradicts its own due time",
    "desk.hour": "exactly one hour apart: the desk counted across a change of clocks",
    "desk.no_due": "the desk gives a verdict without a due time",
    "desk.other_days": "as if {other} had been promised, not {target}",
    "desk.ours_missing": "we have no due time",
    "desk.same_day": "another time of the same day: {ours} and {theirs}",
    "desk.same_day_all": "another time of the same day",
    "desk.seconds": "answered between the desk's due time and ours, which agree within the tolerance",
    "diff.changed": "{path}: {before} before, {after} now",
    "diff.edition": "Edition of {day}: {why}",
    "diff.gone": "{path}: gone, {before} before",
    "diff.new": "{path}: new, {after}",
    "diff.nothing": "Nothing differs.",
    "effects.none": "Nothing comes out otherwise.",
    "effects.pay": "{of}: {before} before, {after} now",
    "effects.refused": "{of}: one of both cannot tell: {problem}",
    "effects.route": "{of}: routed to {before} before, to {after} now",
    "effects.score": "{of}: {before} before, {after} now",
    "effects.summary": "{count} effects on {cases} of {all} cases.",
    "exchange.behind": "nobody can tell which tickets are left for it",
    "exchange.escalation": "its escalations are not part of the text",
    "exchange.filter": "one of its tests has no translation",
    "exchange.left_out": "left out: {reason}",
    "exchange.metric": "no target that is known here: {value}",
    "exchange.no_dates": "it tells no dates, or more than a year of them",
    "exchange.no_holidays": "nothing tells its holidays; none are kept",
    "exchange.repeats": "a span of kind {kind} that repeats {value} has no place in a week",
    "handoffs.holder": "{holder} has it, {owner} answers for it",
    "handoffs.hops": "handed on {hops} times, {most} at most",
    "handoffs.moved": "{at}: from {sender} to {to}",
    "handoffs.ping_pong": "{first} and {second} gave it back to each other {count} times",
    "holiday_cn.outside": "{name} lies outside of the years that are given",
    "holiday_cn.overruled": "{name} is overruled by the notice of a later year",
    "ical.backwards": "it ends before it begins",
    "ical.broken": "it cannot be read: {reason}",
    "ical.cancelled": "it is cancelled",
    "ical.fold": "on {day} it begins or ends in the hour that happens twice, which no hours on the wall can tell",
    "ical.kind": "a {kind} is neither a holiday nor a shift",
    "ical.mixed": "it mixes dates and times, or times with and without a zone",
    "ical.no_shift": "it tells days, no times",
    "ical.no_start": "it does not say when it begins",
    "ical.no_time": "it takes no time",
    "ical.often": "it happens more often than a calendar needs",
    "ical.priority": "availability with a priority is not read",
    "ical.range": "it moves all later ones, which is not read",
    "ical.replaced": "a later revision takes its place",
    "ical.rule": "its rule cannot be followed: {reason}",
    "ical.timed": "it has times, so it is no holiday",
    "ical.zone": "nobody knows the zone {zone}",
    "ladder.facts": "the facts do not hold",
    "ladder.low": "in {period}, {need} was {value}, not {test}; {lack} are missing",
    "ladder.low_grade": "in {period}, {need} was {value}, not {test}; grades missing: {lack}",
    "ladder.missing": "in {period}, {need} has not enough data: {n} records",
    "ladder.open": "the way to {rank} is open: {found} of {needed} periods in a row",
    "ladder.shut": "the way to {rank} is not open yet: {found} of {needed} periods in a row",
    "pay.cap": "{step}: {before} is more than {most}, which is paid",
    "pay.cap_idle": "{step}: no more than {most}; {before} is not",
    "pay.clawback": "{key}: {amount} back for {cause}, which {label} had paid: {why}",
    "pay.converted": "converted line by line at {rate} of {on}; the total is {total}",
    "pay.corrected": "{key}: {before} should have been {after}: {why}",
    "pay.factor": "{step}: {before} times {factor}, for {figure} is {value}",
    "pay.factor_missing": "{step}: nothing changes, for there is no {figure}",
    "pay.few_days": "{days} {unit}, of which at least {least} are needed",
    "pay.figure": "{figure} is {value}",
    "pay.floor": "{step}: {before} is less than {least}, which is paid",
    "pay.floor_idle": "{step}: no less than {least}; {before} is not",
    "pay.found_falls": "a better {figure} pays less",
    "pay.found_falls_team": "a better {figure} of the team pays less",
    "pay.gate": "the gate {gate} is shut: {figure} is {value}, not {test}; {lack} are missing",
    "pay.gate_missing": "the gate {gate} is shut: there is no {figure}",
    "pay.kicker": "{step}: {adds} on top, for {test} is reached",
    "pay.kicker_shut": "{step}: nothing on top",
    "pay.line": "{line}: {amount} = {pays} times {units}",
    "pay.line_missing": "{line}: nothing, for there is no {figure}",
    "pay.no_certificate": "the certificate {name} is not valid on every day from {first} to {last}",
    "pay.no_service": "no day of service leaves no quota to reach",
    "pay.not_during": "{line}: nothing outside of the days from {first} to {last}",
    "pay.not_eligible": "not eligible",
    "pay.part": "of which {part} counts here",
    "pay.pool_share": "{amount}, which is {weight} of {whole} of the {pool} that {team} earned",
    "pay.prorated": "for {days} of {of} {unit}",
    "pay.quota": "which is {attained} of the quota {quota}",
    "pay.refused": "{plan} pays {of} nothing for {period}",
    "pay.rounding": "the exact sum {exact} is rounded once, at the end, to {total}",
    "pay.shut": "{line}: nothing, for the gate {gate} is shut",
    "pay.total": "{plan} pays {of} {total} for {period}",
    "pay.waits": "{key} waits: there is no {figure} yet",
    "pay.withheld": "{plan} withholds the pay of {of} for {period}",
    "procedures.exhausted": "{step} was tried as often as it may be: {text}",
    "procedures.finished": "finished at {step}: {text}",
    "procedures.found_dead_way": "no case goes from {first} to {steps}",
    "procedures.found_endless": "nothing bounds the round {first}, {steps}",
    "procedures.found_gap": "{first} leads nowhere where {region}",
    "procedures.found_no_end": "no end can be reached from {first}",
    "procedures.found_no_role": "nobody is named to do {first}",
    "procedures.found_overlap": "from {first} one case goes to several of {steps}: {region}",
    "procedures.found_unknown": "not settled: the ways from {first}",
    "procedures.found_unreachable": "nothing leads to {first}",
    "procedures.open": "at {step}: {text}",
    "procedures.stuck": "nothing leads on from {step}: {text}",
    "procedures.turned": "on to {to}: {test} ({facts})",
    "procedures.undecided": "{step} waits for an answer: {text}",
    "procedures.went": "on to {to}, for {done} was done",
    "report.all_time": "all cases",
    "report.apart_note": "{rejected} rows could not be read; {ignored} rows are no event of the standard.",
    "report.apart_title": "Standing apart",
    "report.breaches": "broken in their hands",
    "report.burn": "{name}: {share} of {decided} kept, the goal is {goal}. {late} were late, {allowed} are allowed: burn rate {rate}.",
    "report.burn_limit": "at this rate the goal is just met",
    "report.burn_note": "The burn rate is the share late over the share that the goal allows: below 1 the goal is kept, above it is missed.",
    "report.burn_of": "Burn rate of {name}, week by week",
    "report.burn_rate": "burn rate",
    "report.burn_title": "Error budgets",
    "report.by_hand": "as agreed with each",
    "report.cancelled": "cancelled {at}",
    "report.case": "case",
    "report.cases": "cases",
    "report.closed": "closed",
    "report.compared": "compared",
    "report.counted": "time counted",
    "report.day": "day",
    "report.days": "{days} days",
    "report.decided": "decided",
    "report.desk_due": "desk's due",
    "report.desk_kept": "kept",
    "report.desk_late": "late",
    "report.desk_lede": "{due} of {compared} due times agree with the desk's, and {verdict} of {closed} verdicts on closed cases.",
    "report.desk_silent": "–",
    "report.desk_title": "Compared with the desk's own answers",
    "report.desk_verdict": "desk's verdict",
    "report.differences": "all {count} differences, case by case",
    "report.due": "due",
    "report.earlier_weeks": "{count} earlier weeks are not drawn; their cases stand in results.csv.",
    "report.empty": "No promise to count: {cases} cases were read, and none has a promise.",
    "report.escalations_note": "How many promises reached each threshold before they were answered.",
    "report.escalations_title": "Escalations",
    "report.excluded": "excluded",
    "report.figures": "the figures as a table",
    "report.fired": "{fired} of {promises}, told: {to}",
    "report.first": "the first",
    "report.footer": "svcstd {version}. A promise is kept when it is answered at its due time or before. Shares count kept, late and overdue promises only.",
    "report.forecast": "With {open} not yet due the share will lie between {worst} and {best}; if they go as the others did, at {expected}.",
    "report.headline": "{share} of {decided} promises were kept.",
    "report.headline_weak": "{share} of {decided} promises were kept; {weak} is the weak spot ({weak_share} of {weak_of}).",
    "report.hour": "hour",
    "report.hour_of": "{late} late of {cases} ({share})",
    "report.hours_desc": "Weekdays from top to bottom, hours from left to right; the stronger the colour, the larger the share of late promises.",
    "report.hours_note": "The number of late promises by the hour in which they began; the stronger the colour, the larger their share. Small squares without a number stand for fewer than {few} promises.",
    "report.hours_title": "When late promises began ({zone})",
    "report.late": "late",
    "report.late_key": "late",
    "report.late_open": "overdue",
    "report.late_share": "share late",
    "report.line": "line",
    "report.met": "kept",
    "report.met_key": "kept",
    "report.met_late": "late",
    "report.meta": "Read at {as_of}. Covers {span}. Zone {zone}. Editions: {editions}.",
    "report.more": "{count} more stand in {file}.",
    "report.no_promise": "no promise, because",
    "report.not_started": "{promise}: nothing has started its clock",
    "report.not_yet_due": "not yet due",
    "report.nothing": "None of {promises} promises has been decided yet.",
    "report.notices": "notices",
    "report.of": "{share} of {cases}",
    "report.open": "not yet due",
    "report.our_due": "our due",
    "report.our_verdict": "our verdict",
    "report.outside": "{cases} cases were read, and none lies in the span asked for.",
    "report.overdue": "past due",
    "report.owner": "in the hands of",
    "report.owner_figure": "{time}, {breaches} broken",
    "report.owners_note": "The time that counted while a case was theirs, over all promises; and the promises that broke meanwhile.",
    "report.owners_title": "Who used the time",
    "report.promise": "promise",
    "report.promises": "promises",
    "report.promises_note": "The thicker the bar, the more decided promises stand behind it.",
    "report.promises_title": "Promises kept",
    "report.reason": "likely reason",
    "report.reasons_title": "Where they differ, and the likely reason",
    "report.refused": "refused: {problem}",
    "report.rejected_rows": "{count} rows that could not be read",
    "report.same_due": "same due",
    "report.same_verdict": "same verdict",
    "report.share": "share kept",
    "report.share_same": "%",
    "report.slowest_title": "Longest past due",
    "report.span": "from {since} until before {until}",
    "report.span_since": "everything since {since}",
    "report.span_until": "everything before {until}",
    "report.start": "started",
    "report.still_open": "still open",
    "report.stop": "answered",
    "report.stopped_first": "{promise}: stopped before it was started, and never after",
    "report.target": "promised",
    "report.threshold": "threshold",
    "report.told": "told",
    "report.total": "all promises",
    "report.unknown": "unknown",
    "report.waived": "waived",
    "report.week": "week",
    "report.weeks_by": "Weeks begin on {week}; a promise belongs to the week in which it was {by}.",
    "report.weeks_note": "Above, the share kept; below, the number of promises decided. Pale columns stand for fewer than {few}.",
    "report.weeks_title": "Promises kept, week by week",
    "report.without_due": "no desk due",
    "report.without_rows": "{count} promises to which the desk gives no due time",
    "review.after_hours": "{objective} falls due at {at}, when nobody works",
    "review.double": "{rule} and the objective {objective} owe the same act",
    "review.idle_change": "the edition of {day} changes nothing",
    "review.idle_pilot": "the pilot {pilot} changes nothing",
    "review.idle_waiver": "{rule} at {place} is waived, and not found",
    "review.improvement_judged_early": "{name} was judged on too few records",
    "review.improvement_kept_in_vain": "an edition keeps {name}, which did not help",
    "review.improvement_no_cause": "{name}: nobody has said why it falls short",
    "review.improvement_no_help": "{name} did not help: {action}",
    "review.improvement_no_owner": "{name}: nobody sees to it",
    "review.improvement_not_judged": "{name} is done, and nobody has told whether it helped",
    "review.improvement_not_kept_up": "{name} helped, and no edition keeps it",
    "review.improvement_overdue": "{name} is overdue: {action}",
    "review.no_objective": "nothing is promised to what comes by {channel}",
    "review.not_kept": "clause {clause} is a commitment that nothing keeps",
    "review.not_taught": "{role} needs {certificate}, whose course is for others",
    "review.overtaken": "an edition begins on {day} beside the pilot {pilot}, which keeps what held on its first day",
    "review.slower": "{objective} promises complaints less than {other}",
    "review.symbolic": "clause {clause} says a time that nobody can count",
    "review.unreviewed": "nobody has read the answer again: {name}",
    "review.untranslated": "words that {file} lacks: {count}, among them {words}",
    "review.unused": "{name} is declared and never named",
    "review.weights": "the weights sum to {total}",
    "review.wished_kept": "clause {clause} is only wished for, and {path} keeps it as if it were in force",
    "routes.deeper": "it went deeper: {paths}",
    "routes.earlier": "{path} took it before",
    "routes.none": "no route fits",
    "routes.not_taken": "{path} was not taken",
    "routes.taken": "routed to {paths}",
    "routes.top": "no route fits: the options of the top hold",
    "rules.decided": "decided by {rules}",
    "rules.defaults": "no rule fits: the defaults of the outputs hold",
    "rules.else": "no rule fits, so else: {because}",
    "rules.failed": "{test} is not so: {facts}",
    "rules.fits": "{rule} fits",
    "rules.found_conflict": "{last} has the condition of {first} and another outcome",
    "rules.found_constant": "the output {about} is always the same",
    "rules.found_duplicate": "{last} is the same as {first}",
    "rules.found_gap": "nothing fits {region}",
    "rules.found_impossible": "no case can fit {first}",
    "rules.found_missing": "nothing fits while {about} is missing",
    "rules.found_policy": "no two rules overlap: the hit policy {about} would say so",
    "rules.found_shadowed": "{last} never decides: {first} takes all its cases",
    "rules.found_subsumed": "{first} changes nothing: {last} gives the same",
    "rules.found_swallowed": "else takes {region}",
    "rules.found_unknown": "not settled: {about} {rules}",
    "rules.found_unreachable": "the last of these never decides, the others take all its cases: {rules}",
    "rules.found_violation": "{first} and {last} both fit {region}",
    "rules.held": "{rule} fits: {test} ({facts})",
    "rules.near": "{rule} would have fitted if {test}, but {facts}",
    "rules.no_match": "no rule fits",
    "rules.not_held": "{rule} does not fit",
    "rules.not_in_force": "it is not in force on {day}",
    "rules.written": "{because}",
    "score.adjusted": "{name}: {before} becomes {after}",
    "score.cohort": "compared with {count} figures, kept with the score",
    "score.difference": "{before} became {after}",
    "score.grade": "grade {grade}",
    "score.idle": "{name}: nothing to change",
    "score.insufficient": "{card}: no score, since too few records stand behind it",
    "score.mean": "{name}: {points}, the {method} mean of its parts",
    "score.missing": "{card}: no score, since nothing was counted",
    "score.moved": "{name}: {delta}",
    "score.moved_last": "the last rounding: {delta}",
    "score.moved_rounding": "{name} rounding: {delta}",
    "score.moved_whole": "the mean of all parts: {delta}",
    "score.part": "{name}: {value} is worth {points} points; times {weight} that gives {contribution} (n = {n})",
    "score.part_insufficient": "{name}: too few records ({n})",
    "score.part_missing": "{name}: nothing was counted",
    "score.part_unweighed": "{name}: {value} is worth {points} points (n = {n})",
    "score.part_withheld": "{name}: withheld",
    "score.pick": "{name}: {points}, the {method} of its parts",
    "score.rounded": "{exact} is rounded to {value}",
    "score.total": "{card}: {value}",
    "score.withheld": "{card}: no score, since the card withholds it",
    "scores.adds": "adds",
    "scores.all": "Everybody",
    "scores.amount": "amount",
    "scores.between": "result",
    "scores.cause": "cause",
    "scores.count": "arrivals",
    "scores.each": "What made each score",
    "scores.figure": "figure",
    "scores.figures": "figures",
    "scores.grade": "grade",
    "scores.headline": "{scored} of {count} have a score: {best} at best, {middle} in the middle, {worst} at worst.",
    "scores.headline_none": "None of {count} has a score.",
    "scores.headline_one": "{of}: {value}{grade}.",
    "scores.high": "upper limit",
    "scores.hour": "hour",
    "scores.hours": "hours in the period",
    "scores.insufficient": "too few records",
    "scores.low": "lower limit",
    "scores.made": "Made by svcstd {version}.",
    "scores.made_of": "made of",
    "scores.meta": "Scorecard {card}, period {period}, edition {edition}.",
    "scores.missing": "nothing counted",
    "scores.more": "... and {count} more; --json prints them all",
    "scores.n": "n",
    "scores.of": "of",
    "scores.page_more": "... and {count} more.",
    "scores.part": "part",
    "scores.pays_from": "from",
    "scores.pays_to": "to",
    "scores.per_hour": "per hour",
    "scores.period": "period",
    "scores.points": "points",
    "scores.records": "records",
    "scores.score": "score",
    "scores.scored": "scored",
    "scores.signal": "what stands out",
    "scores.state": "state",
    "scores.takes": "takes away",
    "scores.together": "together",
    "scores.weight": "weight",
    "scores.why": "why",
    "scores.with_grade": ", grade {grade}",
    "scores.withheld": "withheld",
    "scores.after": "after",
    "scores.before": "before",
    "scores.difference": "difference",
    "scores.promise": "promise",
    "scores.verdict": "verdict",
    "settle.carried_in": "{amount} were carried from earlier periods",
    "settle.carried_out": "{amount} are carried to the next period",
    "settle.draw": "{earned} is less than the draw of {amount}, which is advanced",
    "settle.forgiven": "{amount} are forgiven",
    "settle.guarantee": "{earned} is less than the guarantee of {least}, which is paid",
    "settle.held": "{part} of it is held back, to be released after {periods} periods",
    "settle.recovery": "{amount} of the {owed} advanced earlier are paid back",
    "settle.released": "released: what {label} had held back",
    "sla.assumption": "assumed where holidays are unknown: {text}",
    "sla.breach": "broken at {at} under the promise {row}",
    "sla.by_hand": "due time set by hand at {at}: {due}",
    "sla.by_whom": "by {actor}",
    "sla.calendar": "counted in the calendar {calendar}, {zone} (content {digest})",
    "sla.cancelled": "{name}: late since {breached}, cancelled {stop}",
    "sla.counted": "{amount} counted from {start} to {end}",
    "sla.counted_anew": "from {at} on {later} counted from {start} ({reason})",
    "sla.cycle": "cycle {cycle} of this clock",
    "sla.days": "days without work between {start} and {due}:",
    "sla.days_from": "counted from {start}",
    "sla.excluded": "{name}: cancelled {stop} before its promise was broken",
    "sla.excluded_case": "{name}: the case counts for nothing",
    "sla.hands": "from {at} in the hands of group {group}, agent {agent}",
    "sla.late_open": "{name}: late since {breached}, and still open at {as_of}",
    "sla.late_open_count": "{name}: {count} counted by {as_of}, more than promised",
    "sla.met": "{name}: met at {stop}, due {due}",
    "sla.met_count": "{name}: answered at {stop} after {count}",
    "sla.met_late": "{name}: answered late at {stop}, due {due}",
    "sla.met_late_count": "{name}: answered at {stop} after {count}, more than promised",
    "sla.met_undated": "{name}: met at {stop}; when it was due cannot be told",
    "sla.more": "… and {count} more spans and closures",
    "sla.no_row": "no promise for {by} = {value}",
    "sla.not_applicable": "does not apply: {fields}",
    "sla.not_enforced": "not judged: its clock began before {day}",
    "sla.not_started": "{name}: not started by {as_of}",
    "sla.notice": "at {at} told {to}: {threshold}",
    "sla.open": "{name}: open at {as_of}, due {due}",
    "sla.open_count": "{name}: open at {as_of}, {count} counted",
    "sla.open_undated": "{name}: open at {as_of}; when it is due cannot be told",
    "sla.pause": "paused from {start} to {end}: {reason}",
    "sla.paused": "{name}: paused at {as_of}, no due time until it runs again",
    "sla.problem": "no due time: {problem}; {fix}",
    "sla.promise": "promised: {target}",
    "sla.promise_row": "promised to {row}: {target}",
    "sla.promise_rule": "{row}, for the rule {rule} says so",
    "sla.promised_anew": "from {at} on promised anew: {later} ({reason})",
    "sla.recalendared": "from {at} on counted in the calendar {calendar} ({reason})",
    "sla.retargeted": "from {at} on the promise to {later}, no longer to {earlier} ({reason})",
    "sla.scale": "times {times} for {by} {value}: {target}",
    "sla.status": "not in force: {status}",
    "sla.stood_decided": "decided from {start} to {end}, then reopened",
    "sla.to_come": "{amount} still to come from {start} to {end}",
    "sla.too_early": "too early: {count} counted, {low} is the least (advice, no breach)",
    "sla.uncounted": "not counted from {start} to {end}: holidays are unknown",
    "sla.unknown": "{name}: it cannot be known whether it was kept",
    "sla.waived": "{name}: waived, so that it counts for nothing",
    "sla.waiver": "waived at {at}",
    "sla.words": "because: {words}",
    "statements.adds": "adds",
    "statements.after": "now",
    "statements.ahead": "What lies ahead",
    "statements.all": "Everybody",
    "statements.amount": "amount",
    "statements.award": "award",
    "statements.before": "before",
    "statements.by_centre": "By cost centre",
    "statements.carried_in": "carried in",
    "statements.carried_out": "carried out",
    "statements.centre": "cost centre",
    "statements.change": "{line}: {before} before, {after} now, {difference}",
    "statements.changes": "Different from {label}",
    "statements.clawback": "clawback",
    "statements.correction": "correction",
    "statements.difference": "difference",
    "statements.draw": "draw",
    "statements.due": "paid",
    "statements.each": "What each is paid for",
    "statements.guarantee": "guarantee",
    "statements.headline": "{paid} of {count} are paid {total} in all for {period}.",
    "statements.headline_due": "{of} is paid {total} for {period} by {plan}.",
    "statements.headline_none": "Nobody is paid.",
    "statements.headline_refused": "{of} is paid nothing for {period} by {plan}: not eligible.",
    "statements.headline_wait": "{paid} of {count} are paid {total} in all for {period}; {waiting} wait for a result.",
    "statements.headline_withheld": "The pay of {of} for {period} by {plan} waits for a result.",
    "statements.held": "held back",
    "statements.line": "line",
    "statements.made": "Made by svcstd {version}.",
    "statements.meta": "Plan {plan}, version {version}, edition {edition}, cost centre {centre}.",
    "statements.more": "... and {count} more; --json prints them all",
    "statements.next_tier": "{line}: {lack} more reaches {bound} and pays {more} more",
    "statements.of": "of",
    "statements.page_more": "... and {count} more.",
    "statements.payout_axis": "{figure} by the quota {quota}",
    "statements.payout_curve": "{pays} times what the curve makes of {figure}. A hollow dot is a bound that is not part.",
    "statements.payout_quota": "{pays} times what the curve makes of {figure} by the quota {quota}.",
    "statements.payout_title": "What {line} pays",
    "statements.picture": "{plan} of {of} for {period}: {total}",
    "statements.reason": "reason",
    "statements.recovery": "draw paid back",
    "statements.refusals": "What earned nothing",
    "statements.refused": "not eligible",
    "statements.released": "released",
    "statements.result": "result",
    "statements.rounding": "rounding",
    "statements.share": "share of the team",
    "statements.state": "state",
    "statements.takes": "takes away",
    "statements.total": "total",
    "statements.undrawn": "{count} further statements are listed above and not shown here.",
    "statements.why": "Why",
    "statements.withheld": "waits",
    "task.never": "it never holds",
    "task.target": "what its target says of {keys} belongs to queues and workers",
    "timeline.breach": "broken {at}",
    "timeline.counted": "counted",
    "timeline.date": "{day} {month}",
    "timeline.day": "{weekday} {day}",
    "timeline.decided": "decided, then reopened",
    "timeline.due": "due {at}",
    "timeline.key": "{counted} counted  {late} late  {paused} paused  {decided} decided  {closed} closed",
    "timeline.late": "counted, late",
    "timeline.nobody": "nobody named",
    "timeline.now": "read {at}",
    "timeline.paused": "paused: {reason}",
    "timeline.standing": "running, closed hours do not count",
}
