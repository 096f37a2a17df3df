"""Every picture and page: the attainment report as one HTML file, its SVG pictures, its tables."""

from svcstd.handbook.csv import REJECTED_COLUMNS, RESULT_COLUMNS, rejected_rows, result_rows, text_of
from svcstd.handbook.desk import Comparison, Difference, compare
from svcstd.handbook.page import headline, promise_name, render_report
from svcstd.handbook.pictures import percent
from svcstd.handbook.tally import DeskRow, Report, Result, evaluate, tally

__all__ = [
    "REJECTED_COLUMNS",
    "RESULT_COLUMNS",
    "Comparison",
    "DeskRow",
    "Difference",
    "Report",
    "Result",
    "compare",
    "evaluate",
    "headline",
    "percent",
    "promise_name",
    "rejected_rows",
    "render_report",
    "result_rows",
    "tally",
    "text_of",
]
