"""The style sheet of every page: a few tokens with a light and a dark value, safe for colour-blind readers."""

from __future__ import annotations

__all__ = ["STYLE", "picture_style"]

LIGHT = """color-scheme:light dark;--ink:#1c2024;--paper:#fff;--faint:#5b636b;--line:#d9dde1;
--accent:#0b57a4;--met:#2f6fb0;--late:#d9701a;--hatch:#f6cfa8;--count:#8a939c;--shut:#eef1f4;
--h0:#e4ecf4;--h1:#fde3c8;--h2:#f9c08a;--h3:#ec8f3f;--h4:#b4530b;--h5:#8a3d05"""
DARK = """--ink:#e8eaed;--paper:#14171a;--faint:#a3abb3;--line:#353b41;
--accent:#7db7f2;--met:#5b9bd8;--late:#e88a3a;--hatch:#5a3716;--count:#7d868f;--shut:#22272c;
--h0:#2a333c;--h1:#43301f;--h2:#6b4420;--h3:#8f5518;--h4:#d17d28;--h5:#f5a04f"""
DARK_THEME = "@media screen and (prefers-color-scheme:dark)"
RULES = """
svg{width:100%;height:auto;display:block;font:12px system-ui,sans-serif}
svg text{fill:var(--ink)}
svg .tick{fill:var(--faint);font-size:11px}
svg .figure,svg .cell{font-variant-numeric:tabular-nums}
svg .label,svg .figure{font-size:13px}
svg .cell{font-size:10px}svg .deep{fill:var(--paper)}
svg .met{fill:var(--met)}svg .few{opacity:.55}
svg .late{fill:var(--hatch)}svg .held{fill:var(--line)}svg .shut{fill:var(--shut)}
svg .due{fill:var(--accent);stroke:var(--accent)}svg .breach{fill:var(--late);stroke:var(--paper)}svg .now{stroke:var(--ink);stroke-dasharray:3 2;fill:none}
svg .stroke{fill:var(--late)}svg .count{fill:var(--count)}svg .grid{fill:var(--line)}
svg .box{fill:var(--paper);stroke:var(--faint)}svg .ask{fill:var(--h0)}svg .hand{stroke:var(--accent)}svg .end{fill:var(--line)}
svg .way,svg .back{fill:none;stroke:var(--faint)}svg .back{stroke-dasharray:4 3}svg .tip{fill:var(--faint)}
svg .curve{fill:none;stroke:var(--met);stroke-width:2.5}svg .hollow{fill:var(--paper);stroke:var(--met);stroke-width:2}
svg .h0{fill:var(--h0)}svg .h1{fill:var(--h1)}svg .h2{fill:var(--h2)}svg .h3{fill:var(--h3)}
svg .h4{fill:var(--h4)}svg .h5{fill:var(--h5)}
""".strip()
"""Of pictures, wherever they stand."""


def picture_style(shape: str) -> str:
    """The style of one picture of this class that stands by itself, or in somebody's page."""
    rules = RULES.replace("svg", f"svg.{shape}")
    return f"svg.{shape}{{{LIGHT}}}\n{DARK_THEME}{{svg.{shape}{{{DARK}}}}}\n{rules}"


STYLE = (
    f":root{{{LIGHT}}}\n{DARK_THEME}{{:root{{{DARK}}}}}"
    """
*{box-sizing:border-box}
body{margin:0 auto;padding:1.2rem 1rem 3rem;max-width:50rem;background:var(--paper);color:var(--ink);
font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1{font-size:1.5rem;line-height:1.25;margin:.2rem 0}
h2{font-size:1.15rem;margin:2.2rem 0 .4rem;padding-top:.6rem;border-top:1px solid var(--line)}
p{max-width:42rem;margin:.5rem 0}
h3{font-size:1rem;margin:1.4rem 0 .3rem}
.lede{font-size:1.2rem;line-height:1.4}
.meta,.note,figcaption{color:var(--faint);font-size:.9rem}
figure{margin:.8rem 0;break-inside:avoid}
"""
    + RULES
    + """
table{font-variant-numeric:tabular-nums}
svg.bars{max-width:36rem}
.scroll{overflow-x:auto}.scroll svg{min-width:36rem}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.6rem 0}
th,td{padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
th{font-weight:600;color:var(--faint)}
td{overflow-wrap:anywhere}
.book td{overflow-wrap:break-word}.book td:first-child{min-width:3.5rem}.book td.s,.book th{white-space:nowrap}
td.n,th.n{text-align:right;white-space:nowrap;overflow-wrap:normal}
td.t{min-width:8.5rem}td.w{min-width:8rem}
tr{break-inside:avoid}
tfoot{display:table-row-group}
tfoot td{font-weight:600}
details{margin:.6rem 0}summary{cursor:pointer;color:var(--accent)}
.key{display:inline-block;width:.8em;height:.8em;margin-right:.3em;border:1px solid var(--line)}
.key.met{background:var(--met)}
.key.late{background:repeating-linear-gradient(45deg,var(--hatch) 0 3px,var(--late) 3px 4px)}
footer{margin-top:3rem;border-top:1px solid var(--line);color:var(--faint);font-size:.85rem}
@page{size:A4;margin:16mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt system-ui,sans-serif}}
@media print{:root{--ink:#000;--faint:#444}body{max-width:none;padding:0;font-size:10pt}
h2,h3,thead,tbody tr:last-child{break-after:avoid}tfoot{break-before:avoid}
.scroll{overflow:visible}.scroll svg{min-width:0}svg.bars{max-width:24rem}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
@media (max-width:36rem){body{padding:.8rem}table{font-size:.8rem}th,td{padding-right:.35rem}
.book thead{position:absolute;left:-99rem}.book,.book tbody,.book tr{display:block}
.book tr{padding:.4rem 0;border-bottom:1px solid var(--line)}
.book td{display:block;position:relative;border:0;padding:.1rem 0 .1rem 6.5rem;min-height:1.6em}
.book td::before{content:attr(data-head);position:absolute;left:0;width:6rem;color:var(--faint)}
.book td:first-child{font-weight:600}.book td:first-child::before{font-weight:400}}
""".rstrip()
)
