"""How well people and teams do: figures that only ever add, scorecards with every reason, fairness for few cases."""

from svcstd.scoring.adjustment import Adjustment, Bonus, Cap, Floor, IfUnmeasured, KnockOut, Multiplier, Penalty
from svcstd.scoring.agreement import AlphaLevel, cohen_kappa, fleiss_kappa, krippendorff_alpha
from svcstd.scoring.backlog import Backlog
from svcstd.scoring.case_mix import Indirect, direct, indirect
from svcstd.scoring.cohort import Cohort, CohortMethod, CohortRule, Flat
from svcstd.scoring.control import Chart, ChartKind, ChartPoint, RunRule, p_chart, u_chart, xmr_chart
from svcstd.scoring.erlang import Queue, agents_needed, offered_load, queue_of, rostered
from svcstd.scoring.first_contact import FirstContact
from svcstd.scoring.formula import Average, IfMissing, Net, Quantile, Ratio, Share, Total
from svcstd.scoring.grades import BandTies, Grades, forced_bands
from svcstd.scoring.kpi import Direction, Formula, Kpi, Sifted
from svcstd.scoring.mean import Mean, MeanMethod, MissingPolicy, Weighted
from svcstd.scoring.measure import Measure, Measured, Sample, Tally, total
from svcstd.scoring.pareto import ParetoRow, pareto
from svcstd.scoring.presets import KPIS, HoldIn, NpsScale, ServiceLevelBase, Statistic
from svcstd.scoring.rank import PercentileMethod, QuantileMethod, TieMethod, percentile_of, quantile, ranks
from svcstd.scoring.record import Record
from svcstd.scoring.score import Adjusted, Contribution, Line, Score, ScoreState, score
from svcstd.scoring.scorecard import Criterion, Lack, Level, Part, Scorecard
from svcstd.scoring.small_sample import Bounds, clopper_pearson, drawn_to, prior_strength, shrunk, wilson

__all__ = [
    "KPIS",
    "Adjusted",
    "Adjustment",
    "AlphaLevel",
    "Average",
    "Backlog",
    "BandTies",
    "Bonus",
    "Bounds",
    "Cap",
    "Chart",
    "ChartKind",
    "ChartPoint",
    "Cohort",
    "CohortMethod",
    "CohortRule",
    "Contribution",
    "Criterion",
    "Direction",
    "FirstContact",
    "Flat",
    "Floor",
    "Formula",
    "Grades",
    "HoldIn",
    "IfMissing",
    "IfUnmeasured",
    "Indirect",
    "KnockOut",
    "Kpi",
    "Lack",
    "Level",
    "Line",
    "Mean",
    "MeanMethod",
    "Measure",
    "Measured",
    "MissingPolicy",
    "Multiplier",
    "Net",
    "NpsScale",
    "ParetoRow",
    "Part",
    "Penalty",
    "PercentileMethod",
    "Quantile",
    "QuantileMethod",
    "Queue",
    "Ratio",
    "Record",
    "RunRule",
    "Sample",
    "Score",
    "ScoreState",
    "Scorecard",
    "ServiceLevelBase",
    "Share",
    "Sifted",
    "Statistic",
    "Tally",
    "TieMethod",
    "Total",
    "Weighted",
    "agents_needed",
    "clopper_pearson",
    "cohen_kappa",
    "direct",
    "drawn_to",
    "fleiss_kappa",
    "forced_bands",
    "indirect",
    "krippendorff_alpha",
    "offered_load",
    "p_chart",
    "pareto",
    "percentile_of",
    "prior_strength",
    "quantile",
    "queue_of",
    "ranks",
    "rostered",
    "score",
    "shrunk",
    "total",
    "u_chart",
    "wilson",
    "xmr_chart",
]
