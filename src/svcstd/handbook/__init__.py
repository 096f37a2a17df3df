"""Every picture and page: the attainment report as one HTML file, its SVG pictures, its tables."""

from svcstd.handbook.book import Block, Book, Chapter, Heading, Inline, Link, Picture, Table, inline_text
from svcstd.handbook.book_markdown import book_markdown
from svcstd.handbook.book_of import book_headline, book_of
from svcstd.handbook.book_page import render_book
from svcstd.handbook.burn import Burn, Escalated
from svcstd.handbook.calendar_picture import YearDay, day_words, draw_year, year_days
from svcstd.handbook.change_section import PromiseChange, change_section, draw_changes, promise_changes
from svcstd.handbook.chart_pictures import draw_control, draw_demand, draw_pareto
from svcstd.handbook.csv import REJECTED_COLUMNS, RESULT_COLUMNS, rejected_rows, result_rows, text_of
from svcstd.handbook.desk import Comparison, Difference, compare
from svcstd.handbook.flow import Flow, FlowBox, FlowLine, flow_of
from svcstd.handbook.flow_mermaid import mermaid
from svcstd.handbook.flow_picture import draw_flow
from svcstd.handbook.notebook import Shown, load_ipython_extension, show, unload_ipython_extension
from svcstd.handbook.page import headline, promise_name, render_report
from svcstd.handbook.payout import PayStretch, draw_payout, pay_stretches, payout_sections
from svcstd.handbook.pictures import NOTHING, percent
from svcstd.handbook.score_page import render_scores, score_headline
from svcstd.handbook.score_picture import draw_score
from svcstd.handbook.sections import Section, control_section, demand_section, pareto_section
from svcstd.handbook.statement_page import render_statements
from svcstd.handbook.statement_picture import draw_statement
from svcstd.handbook.statement_text import (
    STATEMENT_COLUMNS,
    money_text,
    statement_headline,
    statement_markdown,
    statement_rows,
)
from svcstd.handbook.svg import standalone
from svcstd.handbook.tally import DeskRow, Report, Result, evaluate, tally
from svcstd.handbook.timeline import Lane, Mark, Piece, Timeline, timeline_of
from svcstd.handbook.timeline_lines import draw_lines
from svcstd.handbook.timeline_picture import draw_timeline

__all__ = [
    "NOTHING",
    "REJECTED_COLUMNS",
    "RESULT_COLUMNS",
    "STATEMENT_COLUMNS",
    "Block",
    "Book",
    "Burn",
    "Chapter",
    "Comparison",
    "DeskRow",
    "Difference",
    "Escalated",
    "Flow",
    "FlowBox",
    "FlowLine",
    "Heading",
    "Inline",
    "Lane",
    "Link",
    "Mark",
    "PayStretch",
    "Picture",
    "Piece",
    "PromiseChange",
    "Report",
    "Result",
    "Section",
    "Shown",
    "Table",
    "Timeline",
    "YearDay",
    "book_headline",
    "book_markdown",
    "book_of",
    "change_section",
    "compare",
    "control_section",
    "day_words",
    "demand_section",
    "draw_changes",
    "draw_control",
    "draw_demand",
    "draw_flow",
    "draw_lines",
    "draw_pareto",
    "draw_payout",
    "draw_score",
    "draw_statement",
    "draw_timeline",
    "draw_year",
    "evaluate",
    "flow_of",
    "headline",
    "inline_text",
    "load_ipython_extension",
    "mermaid",
    "money_text",
    "pareto_section",
    "pay_stretches",
    "payout_sections",
    "percent",
    "promise_changes",
    "promise_name",
    "rejected_rows",
    "render_book",
    "render_report",
    "render_scores",
    "render_statements",
    "result_rows",
    "score_headline",
    "show",
    "standalone",
    "statement_headline",
    "statement_markdown",
    "statement_rows",
    "tally",
    "text_of",
    "timeline_of",
    "unload_ipython_extension",
    "year_days",
]
