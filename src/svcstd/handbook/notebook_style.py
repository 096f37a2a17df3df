"""The style of values in a notebook: the tokens of every page, bound to one ``div``, light or dark as its page is."""

from __future__ import annotations

from svcstd.handbook.style import DARK, DARK_THEME, LIGHT, RULES

__all__ = ["NOTEBOOK_STYLE"]

LIGHT_PAGES = (
    '[data-jp-theme-light="true"],[data-theme="light"],[data-bs-theme="light"],'
    '[data-md-color-scheme="default"],.vscode-light'
)
DARK_PAGES = (
    '[data-jp-theme-light="false"],[data-theme="dark"],[data-bs-theme="dark"],'
    '[data-md-color-scheme="slate"],.vscode-dark'
)
"""How JupyterLab, Sphinx, Quarto, Material and VS Code tell their theme, whatever the reader's system prefers."""

# JupyterLab styles tables by two classes: the class is told twice to be stronger.
NOTEBOOK_STYLE = (
    f"div.svcstd{{{LIGHT}}}\n"
    f"{DARK_THEME}{{div.svcstd{{{DARK}}}}}\n"
    f":is({LIGHT_PAGES}) div.svcstd{{{LIGHT};color-scheme:light}}\n"
    f":is({DARK_PAGES}) div.svcstd{{{DARK};color-scheme:dark}}\n"
    """div.svcstd{background:var(--paper);color:var(--ink);max-width:50rem;padding:.4rem .8rem;
font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
div.svcstd p{margin:.4rem 0;max-width:none}
div.svcstd p.lede{font-size:1.1em;font-weight:600;overflow-wrap:anywhere}
div.svcstd p.note{color:var(--faint);font-size:.9em;overflow-wrap:anywhere}
div.svcstd div.scroll{overflow-x:auto;margin:.5rem 0}
div.svcstd div.scroll svg{min-width:34rem}
div.svcstd.svcstd table{border-collapse:collapse;table-layout:auto;width:100%;margin:0;font-size:.93em;color:inherit;
border:0;font-variant-numeric:tabular-nums}
div.svcstd.svcstd thead{border:0}
div.svcstd.svcstd th,div.svcstd.svcstd td{padding:.25rem .7rem .25rem 0;text-align:left;vertical-align:top;
max-width:none;white-space:normal;border:0;border-bottom:1px solid var(--line)}
div.svcstd.svcstd th{font-weight:600;color:var(--faint)}
div.svcstd.svcstd th.n,div.svcstd.svcstd td.n{text-align:right;white-space:nowrap}
div.svcstd.svcstd tbody tr:nth-child(n),div.svcstd.svcstd tbody tr:nth-child(n):hover{background:none}
div.svcstd details{margin:.4rem 0}
div.svcstd summary{cursor:pointer;color:var(--accent)}
div.svcstd ul{margin:.1rem 0;padding-left:1.2rem}
div.svcstd li{margin:.1rem 0}
@media print{div.svcstd div.scroll svg{min-width:0}}
""" + RULES.replace("svg", "div.svcstd svg")
)
