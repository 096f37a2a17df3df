"""The door: which names are public, where each lives, and what an import pulls in."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from importlib import import_module
from pkgutil import iter_modules

import pytest

import svcstd

PUBLIC = {
    "svcstd": "Case Event Period ServiceStandard StandardError SvcstdError dumps load loads loads_folder",
    "svcstd.batch": "Answers Attained Column CompiledCalendar Decisions Encoded FAULTS add add_working_days "
    "attainment choose_best clocks compile_calendar count_sifted count_working_days decide "
    "elapsed is_open measure_by money_sums multiply next_open notices owners same scores "
    "subtract",
    "svcstd.calendars": "ALWAYS At BusinessCalendar Calendar CloseOfDay Composite DayHours DayMode History "
    "HolidayTable KeepTime Landing OpenSpan Period PeriodKind Span WeeklyHours add_calendar_days public_holidays",
    "svcstd.catalogues": "Catalogue LANGUAGES catalogue",
    "svcstd.cli": "main",
    "svcstd.conditions": "ANYTHING AllOf AnyOf Box Cells Condition Contains Eq FactKind FactSchema FactType "
    "FactValue Facts In Interval Judgement Matcher Not Opaque Prefix Present Range Suffix "
    "TooManyCells as_all cells_of check_condition judge matchers_condition plain_value read_cell "
    "read_condition read_interval read_literal read_matchers read_unary read_value "
    "show_condition show_facts show_value write_cell write_condition write_literal write_unary",
    "svcstd.curves": "Beyond Curve DistanceToTarget Goalposts GradeScale Number PiecewiseLinear Rounding "
    "RoundingMode Scale Side Steps TierKind Tiers exact shown",
    "svcstd.documents": "Format LogRow PartChange ReadLog Rejected SUFFIXES TableFormat csv_records decode diff "
    "diff_editions dumps json_records json_schema load loads loads_folder parse_text read_log "
    "read_records read_standard read_table show_text untranslated write_standard write_table",
    "svcstd.incentives": "Account Award AwardKind Best Better Cash Claim ClaimRule Dip Dispute DisputeState Draw "
    "Eligibility Equity Figure Gate Gift Graded Grant Granted Held HoldBack IfNegative "
    "IfNoFigure IfNoWeight IfPeriodMissing IfTied Kicker Ladder LeastGrade LedgerKind "
    "LedgerLine Modifier NextTier PayCap PayChange PayCurve PayFactor PayFinding PayFloor "
    "PayLine PayState PayTerms Payee PeriodResult Plan PlanChange ProratedBy Proration Rank "
    "Reads Recognition RecognitionForm Refusal RefusalKind Requirement Reward Rise Roster "
    "RoundAt Rung Served Sharing Statement Trial Tuition Unmet ValidWhen Validity Vesting "
    "answered best_of budget_by_result budget_by_threshold by_cost_centre clawback "
    "compare_plans converted correct dips dispute grant in_line may_rise pay pay_changes "
    "replay review_plan settle share_pool with_lines",
    "svcstd.exchange": "Imported Untranslated read_freshservice_policies read_holiday_cn "
    "read_servicenow_schedule read_taskrouter_workflow read_zendesk_policies "
    "read_zendesk_schedules",
    "svcstd.money": "ExchangeRate ISO_4217_DATE Money allocate hamilton largest_remainder minor_digits total_of",
    "svcstd.handbook": "Block Book Burn Chapter Comparison DeskRow Difference Escalated Flow FlowBox FlowLine "
    "Heading Inline Lane Link Mark NOTHING PayStretch Picture Piece PromiseChange "
    "REJECTED_COLUMNS RESULT_COLUMNS Report Result STATEMENT_COLUMNS Section Shown Table "
    "Timeline YearDay book_headline book_markdown book_of change_section compare "
    "control_section day_words demand_section draw_changes draw_control draw_demand draw_flow "
    "draw_lines draw_pareto draw_payout draw_score draw_statement draw_timeline draw_year "
    "evaluate flow_of headline inline_text load_ipython_extension mermaid money_text "
    "pareto_section pay_stretches payout_sections percent promise_changes promise_name "
    "rejected_rows render_book render_report render_scores render_statements result_rows "
    "score_headline show standalone statement_headline statement_markdown statement_rows "
    "tally text_of timeline_of unload_ipython_extension year_days",
    "svcstd.routing": "Agent Allocation Assignment Belongs Branch ById ByIdle ByKnown ByLoad ByOpening ByPlace "
    "ByShare BySkill ByStatus Choice Credential Custody Drawn Handoff HandoffRule HasPart "
    "HasRoom HasStatus Holds IsKnown IsOpen Need OnShift QueueOrder RankKey Relaxation "
    "RoundRobin Route RouteTree Serves Skilled Speaks Team Ticket analyse_routes choose "
    "choose_all choose_team custody newcomer_offset queue_order",
    "svcstd.procedures": "Done FlowFinding FlowKind Form Procedure Script Standing Step StepKind Walk Way "
    "check_procedure walk",
    "svcstd.rules": "Aggregate Decision DecisionTable Else FindingKind HitPolicy Index NearMiss Output Rule "
    "RuleCounts RuleFinding Severity analyse overlaps",
    "svcstd.scoring": "ActionKind Adjusted Adjustment Again AlphaLevel Appraisal Attribution Average Backlog "
    "BandTies BeforeAfter Below Bonus Bounds Cap Cell Centred ChangeVerdict Chart ChartKind "
    "ChartPoint Cohort CohortMethod CohortRule Combination Contribution CoverageGap Criterion "
    "Demand Dimension Direction FirstContact Flat Floor Formula GamingCheck Grades Grading "
    "HoldIn HourOfWeek IfMissing IfUnmeasured Improvement ImprovementFinding ImprovementState "
    "Indirect KPIS KnockOut Kpi Lack Line Mean MeanMethod Measure Measured MissingPolicy "
    "Multiplier Net NpsScale Panel ParetoRow Part Penalty PercentileMethod Proportion "
    "Quantile QuantileMethod Queue RankSpread RaterGroup RatingForm Ratio Record RecordKind "
    "Regrade RunRule Sample Score ScoreChange ScoreDifference ScoreState Scorecard "
    "ServiceLevelBase Shift Sifted Statistic StepLoad SubstitutionStep Suppression Suspicion "
    "Tally TieMethod Total Weighted agents_needed attributed before_after bottlenecks centred "
    "check_improvements clopper_pearson cohen_kappa coverage_gaps demand difference direct "
    "drawn_to fleiss_kappa forced_bands graded indirect krippendorff_alpha offered_load "
    "own_gradings p_chart pareto percentile_of period_end_closing prior_strength quantile "
    "queue_of ranks regrades remove_one rostered score shrunk solved substitution "
    "suppress survey_selection threshold_heaping total trimmed_mean u_chart weight_noise "
    "wilson xmr_chart",
    "svcstd.sla": "ANY_OTHER AT_DUE Anniversary Attainment Breach CalendarDays Case Change ChangeKind ClockRule "
    "Conversion CountLimit Coverage DateTable ElapsedTime ErrorBudget Event Factor FixedInstant "
    "FollowUp FollowUpRule FollowUpState Forecast Level Life Membership Notice Objective Offset "
    "On Owner OwnerKind PRESETS PROFILES Pause PeriodEnd Preset Profile Promise Reading Readings "
    "Recurrence Row Segment Share Status Stretch Target Terms Threshold Verdict Waiver "
    "WorkingDays WorkingThenElapsed WorkingTime add_owners changes convert coverage fold "
    "follow_ups instant_of merge ownership preset profile read_life read_percent read_target "
    "read_threshold split write_percent write_target",
    "svcstd.standard": "Approval Article AsIf CalendarEntry Check Chronicle Clause ClauseKind ClauseStatus "
    "CustomerSegment Desk DeskMapping DeskVerdict Edition Effect EventName Example FigureCheck Finding "
    "Keep LogMapping PartFinding PayCheck PayInputs Pilot Provenance PublicHolidays Remark "
    "RemarkKind ReportDuty Reports Review ReviewWaiver Role SegmentKind ServiceStandard "
    "Suggestion Survey SurveyMethod as_if_always replay_history what_if",
    "svcstd.testing": "laws simulation strategies",
    "svcstd.training": "CertificateRule Certified Course CourseMode MarkSource StaleAfter certify learning_path",
}


@pytest.mark.parametrize("package", PUBLIC)
def test_public_names_are_agreed(package: str) -> None:
    """A name that comes or goes is a decision: it changes this table too."""
    if package == "svcstd.batch":
        pytest.importorskip("scipy", reason="the extra batch is not installed")
    module = import_module(package)
    assert " ".join(sorted(module.__all__)) == PUBLIC[package]
    assert all(hasattr(module, name) for name in module.__all__)


VERBS = "add count_working_days elapsed is_open next_open subtract"
ENGINES = {
    "arrow": f"{VERBS} clocks clocks_of_batches decide encoded notices numbers one_array owners read_working route "
    "to_arrow",
    "duckdb": "FUNCTIONS clocks decide notices owners register route unregister",
    "pandas": "ServiceTime clocks notices owners route",
    "polars": f"{VERBS} ServiceTime clocks decide notices owners route",
    "spark": f"{VERBS} CLOCKS NOTICES OWNERS clocks clocks_grouped measure_by notices owners route",
}


@pytest.mark.parametrize("engine", ENGINES)
def test_engines_speak_alike(engine: str) -> None:
    """Each engine has a module of its own, since none may need another's package."""
    pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    package = {"arrow": "pyarrow", "spark": "pyspark"}.get(engine, engine)
    pytest.importorskip(package, reason=f"the extra {engine} is not installed")
    module = import_module(f"svcstd.batch.{engine}")
    assert sorted(module.__all__) == sorted(ENGINES[engine].split())
    assert all(hasattr(module, name) for name in module.__all__)


def test_every_package_stands_in_the_table() -> None:
    """No package is public without its names being agreed; the demonstration holds no code."""
    found = {f"svcstd.{one.name}" for one in iter_modules(svcstd.__path__) if one.ispkg}
    assert found - {"svcstd.demo"} == set(PUBLIC) - {"svcstd"}


def test_each_name_has_one_home() -> None:
    """No name is public in two packages; the door only opens onto their homes."""
    homes = Counter(name for package, names in PUBLIC.items() if package != "svcstd" for name in names.split())
    assert [name for name, count in homes.items() if count > 1] == []
    for name in svcstd.__all__:
        home = svcstd._HOMES[name]
        assert getattr(svcstd, name) is getattr(import_module(f"svcstd.{home}"), name)


def test_the_door_lists_its_names() -> None:
    """Completion shows the public names, and a wrong one is refused as Python does."""
    assert dir(svcstd) == sorted(svcstd.__all__)
    with pytest.raises(AttributeError, match="module 'svcstd' has no attribute 'lods'"):
        _ = svcstd.lods


def test_the_room_of_tests_lists_its_names() -> None:
    """And a wrong one is refused as Python does."""
    with pytest.raises(AttributeError, match=r"module 'svcstd\.testing' has no attribute 'law'"):
        _ = import_module("svcstd.testing").law


def loaded_by(statement: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after a statement."""
    code = f"import sys; sys.path[:0] = {sys.path!r}; {statement}; print(*{{m.partition('.')[0] for m in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("statement", "spared"),
    [
        ("import svcstd", {"numpy", "holidays", "hypothesis", "typer", "pendulum", "attr", "rich", "jinja2", "yaml"}),
        ("import svcstd.documents", {"numpy", "typer", "rich", "jinja2", "yaml", "holidays", "hypothesis"}),
        ("from svcstd import loads", {"numpy", "typer", "rich", "jinja2", "yaml", "holidays", "hypothesis"}),
    ],
)
def test_imports_are_light(statement: str, spared: set[str]) -> None:
    """Nobody pays for what they do not use."""
    assert loaded_by(statement) & spared == set()
