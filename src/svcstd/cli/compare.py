"""The commands that compare two standards: what they say otherwise, and what would have come out otherwise."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Annotated

import attrs
import typer

from svcstd.catalogues import catalogue
from svcstd.catalogues.words import plain
from svcstd.cli.doors import asked, open_standard, period_of, read_cases, record_files
from svcstd.cli.options import AsJson, AsOf, Language, StandardFile
from svcstd.cli.terminal import say, say_json, sentences
from svcstd.documents import PartChange, diff, diff_editions
from svcstd.standard import AsIf, Chronicle, Effect, ServiceStandard, as_if_always, what_if

__all__ = ["differ", "effects_by", "suppose"]

MOST = 200
"""Effects that are printed; JSON has them all."""
PARTS = 16
"""How many parts of the cases each process gets, of no fewer than so many cases."""
LEAST = 100


def differ(
    standard: StandardFile,
    other: Annotated[
        Path | None, typer.Argument(help="Another standard; without it, edition by edition.", metavar="OTHER")
    ] = None,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Tell what differs between two standards, or from one edition to the next, place by place."""
    with sentences():
        old = open_standard(standard, language)
        if other is None:
            pairs = zip(old.editions, old.editions[1:], strict=False)
            listed = [(after.label, after.why, diff_editions(before, after)) for before, after in pairs]
        else:
            listed = [("", "", diff(old, open_standard(other, language)))]
        if as_json:
            say_json([_change_json(one, day) for day, _, found in listed for one in found])
            return
        words = catalogue(language)
        if not any(found for _, _, found in listed):
            say(words.sentence("diff.nothing", {}))
        for day, why, found in listed:
            if day:
                say(words.sentence("diff.edition", {"day": day, "why": why or "-"}))
            for one in found:
                say(("  " if day else "") + one.sentence(language))


def _change_json(one: PartChange, day: str) -> dict[str, str | None]:
    return {"edition": day, "path": one.path, "before": one.before, "after": one.after}


def suppose(
    standard: StandardFile,
    other: Annotated[Path, typer.Argument(help="The standard that might hold.", metavar="OTHER")],
    cases: Annotated[
        Path | None, typer.Option(help="Cases to ask both about: .csv or .jsonl, also with .gz.", metavar="CASES")
    ] = None,
    records: Annotated[
        list[str] | None, typer.Argument(help="Records for scores and pay.", metavar="KIND=FILE...")
    ] = None,
    score: Annotated[list[str] | None, typer.Option(help="A scorecard to ask both about.", metavar="CARD")] = None,
    pay: Annotated[list[str] | None, typer.Option(help="A plan to ask both about.", metavar="PLAN")] = None,
    period: Annotated[str | None, typer.Option(help="For scores and pay, such as 2026-01.", metavar="PERIOD")] = None,
    as_of: AsOf = None,
    dated: Annotated[
        bool, typer.Option("--dated", help="Each edition from its day, not the newest as if it had always held.")
    ] = False,
    jobs: Annotated[int, typer.Option(min=1, max=61, help="Processes that share the cases.", metavar="N")] = 1,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Tell what another standard would have answered otherwise: verdicts, routes, scores and pay, each with reasons."""
    with sentences():
        old, new = open_standard(standard, language), open_standard(other, language)
        at = asked(as_of, old.zone)
        within = None if period is None else period_of(period, old.zone)
        day = at.date() if within is None else within.first
        history = Chronicle(
            as_of=at,
            cases=() if cases is None else [row.case for row in read_cases(old, cases).rows],
            records=record_files(old, day, records or []),
            period=within,
            cards=score or (),
            plans=pay or (),
        )
        as_if: AsIf = "dated" if dated else "always"
        found = effects_by(jobs, old, new, history, as_if)
        if as_json:
            say_json([_effect_json(one) for one in found])
            return
        words = catalogue(language)
        if not found:
            say(words.sentence("effects.none", {}))
            return
        told = {"count": f"{len(found):,}", "cases": f"{len({one.of for one in found}):,}"}
        say(words.sentence("effects.summary", told | {"all": f"{len(history.cases):,}"}))
        for one in found[:MOST]:
            say(f"{plain(one.of)} {one.part}: {one.sentence(language)}")
        if len(found) > MOST:
            say(words.sentence("scores.more", {"count": f"{len(found) - MOST:,}"}))


def effects_by(jobs: int, old: ServiceStandard, new: ServiceStandard, history: Chronicle, as_if: AsIf) -> list[Effect]:
    """The effects in their order, worked out by several processes where that is asked for.

    Cases are shared in parts, so that what is done comes home while the rest is worked out; people are asked here.
    """
    size = max(-(-len(history.cases) // (jobs * PARTS)), LEAST)
    firsts = range(0, len(history.cases), size)
    if jobs == 1 or len(firsts) < 2:  # noqa: PLR2004 - one part is no work to share
        return list(what_if(old, new, history, as_if=as_if))
    other = as_if_always(new) if as_if == "always" else new
    of_cases = attrs.evolve(history, cards=(), plans=(), period=None, records={})
    asked = (old, other, of_cases)
    with ProcessPoolExecutor(min(jobs, len(firsts)), initializer=_begin, initargs=asked) as pool:
        parts = pool.map(_effects_from, firsts, [size] * len(firsts))
        of_people = list(what_if(old, other, attrs.evolve(history, cases=()), as_if="dated"))
        return [*(effect for part in parts for effect in part), *of_people]


_ASKED: list[tuple[ServiceStandard, ServiceStandard, Chronicle]] = []
"""What a process of the pool was asked, given once at its beginning: shared where processes fork, else a copy each."""


def _begin(old: ServiceStandard, new: ServiceStandard, history: Chronicle) -> None:
    _ASKED[:] = [(old, new, history)]


def _effects_from(first: int, size: int) -> list[Effect]:
    """The effects on a part of the cases, which one process works out."""
    old, new, history = _ASKED[0]
    part = attrs.evolve(history, cases=history.cases[first : first + size])
    return list(what_if(old, new, part, as_if="dated"))


def _effect_json(one: Effect) -> dict[str, object]:
    return {"of": one.of, "part": one.part, "why": one.why.to_json()}
