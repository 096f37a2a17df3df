"""How well people and teams do: figures that only ever add, scorecards with every reason, fairness for few cases."""

from svcstd.scoring.adjustment import Adjustment, Bonus, Cap, Floor, IfUnmeasured, KnockOut, Multiplier, Penalty
from svcstd.scoring.agreement import AlphaLevel, cohen_kappa, fleiss_kappa, krippendorff_alpha
from svcstd.scoring.attribution import Attribution, attributed
from svcstd.scoring.backlog import Backlog
from svcstd.scoring.before_after import BeforeAfter, ChangeVerdict, before_after
from svcstd.scoring.bottleneck import StepLoad, bottlenecks
from svcstd.scoring.case_mix import Indirect, direct, indirect
from svcstd.scoring.cohort import Cohort, CohortMethod, CohortRule, Flat
from svcstd.scoring.compare import ScoreChange, ScoreDifference, SubstitutionStep, difference, substitution
from svcstd.scoring.control import Chart, ChartKind, ChartPoint, RunRule, p_chart, u_chart, xmr_chart
from svcstd.scoring.demand import CoverageGap, Demand, HourOfWeek, Shift, coverage_gaps, demand
from svcstd.scoring.difficulty import Grading, Regrade, graded, own_gradings, regrades
from svcstd.scoring.erlang import Queue, agents_needed, offered_load, queue_of, rostered
from svcstd.scoring.first_contact import FirstContact
from svcstd.scoring.formula import Average, IfMissing, Net, Proportion, Quantile, Ratio, Total
from svcstd.scoring.gaming import GamingCheck, Suspicion, period_end_closing, survey_selection, threshold_heaping
from svcstd.scoring.grades import BandTies, Grades, forced_bands
from svcstd.scoring.improvement import ActionKind, Improvement, ImprovementFinding, ImprovementState, check_improvements
from svcstd.scoring.kpi import Direction, Formula, Kpi, Sifted
from svcstd.scoring.leniency import Centred, centred
from svcstd.scoring.mean import Mean, MeanMethod, MissingPolicy, Weighted
from svcstd.scoring.measure import Measure, Measured, Sample, Tally, total
from svcstd.scoring.panel import Appraisal, Below, Cell, Panel, RaterGroup
from svcstd.scoring.pareto import ParetoRow, pareto
from svcstd.scoring.presets import KPIS, HoldIn, NpsScale, ServiceLevelBase, Statistic
from svcstd.scoring.rank import PercentileMethod, QuantileMethod, TieMethod, percentile_of, quantile, ranks
from svcstd.scoring.rating_form import Again, RatingForm
from svcstd.scoring.record import Record, RecordKind
from svcstd.scoring.score import Adjusted, Contribution, Line, Score, ScoreState, score
from svcstd.scoring.scorecard import Criterion, Dimension, Lack, Part, Scorecard
from svcstd.scoring.sensitivity import RankSpread, remove_one, weight_noise
from svcstd.scoring.small_sample import Bounds, clopper_pearson, drawn_to, prior_strength, shrunk, wilson
from svcstd.scoring.suppression import Combination, Suppression, solved, suppress
from svcstd.scoring.trimmed import trimmed_mean

__all__ = [
    "KPIS",
    "ActionKind",
    "Adjusted",
    "Adjustment",
    "Again",
    "AlphaLevel",
    "Appraisal",
    "Attribution",
    "Average",
    "Backlog",
    "BandTies",
    "BeforeAfter",
    "Below",
    "Bonus",
    "Bounds",
    "Cap",
    "Cell",
    "Centred",
    "ChangeVerdict",
    "Chart",
    "ChartKind",
    "ChartPoint",
    "Cohort",
    "CohortMethod",
    "CohortRule",
    "Combination",
    "Contribution",
    "CoverageGap",
    "Criterion",
    "Demand",
    "Dimension",
    "Direction",
    "FirstContact",
    "Flat",
    "Floor",
    "Formula",
    "GamingCheck",
    "Grades",
    "Grading",
    "HoldIn",
    "HourOfWeek",
    "IfMissing",
    "IfUnmeasured",
    "Improvement",
    "ImprovementFinding",
    "ImprovementState",
    "Indirect",
    "KnockOut",
    "Kpi",
    "Lack",
    "Line",
    "Mean",
    "MeanMethod",
    "Measure",
    "Measured",
    "MissingPolicy",
    "Multiplier",
    "Net",
    "NpsScale",
    "Panel",
    "ParetoRow",
    "Part",
    "Penalty",
    "PercentileMethod",
    "Proportion",
    "Quantile",
    "QuantileMethod",
    "Queue",
    "RankSpread",
    "RaterGroup",
    "RatingForm",
    "Ratio",
    "Record",
    "RecordKind",
    "Regrade",
    "RunRule",
    "Sample",
    "Score",
    "ScoreChange",
    "ScoreDifference",
    "ScoreState",
    "Scorecard",
    "ServiceLevelBase",
    "Shift",
    "Sifted",
    "Statistic",
    "StepLoad",
    "SubstitutionStep",
    "Suppression",
    "Suspicion",
    "Tally",
    "TieMethod",
    "Total",
    "Weighted",
    "agents_needed",
    "attributed",
    "before_after",
    "bottlenecks",
    "centred",
    "check_improvements",
    "clopper_pearson",
    "cohen_kappa",
    "coverage_gaps",
    "demand",
    "difference",
    "direct",
    "drawn_to",
    "fleiss_kappa",
    "forced_bands",
    "graded",
    "indirect",
    "krippendorff_alpha",
    "offered_load",
    "own_gradings",
    "p_chart",
    "pareto",
    "percentile_of",
    "period_end_closing",
    "prior_strength",
    "quantile",
    "queue_of",
    "ranks",
    "regrades",
    "remove_one",
    "rostered",
    "score",
    "shrunk",
    "solved",
    "substitution",
    "suppress",
    "survey_selection",
    "threshold_heaping",
    "total",
    "trimmed_mean",
    "u_chart",
    "weight_noise",
    "wilson",
    "xmr_chart",
]
