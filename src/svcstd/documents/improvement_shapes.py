"""The shape of improvements: what fell short, who mends it until when, and which edition kept it."""

from __future__ import annotations

from typing import Any, get_args

from svcstd.documents.dates import DAY
from svcstd.documents.shapes import Choice, Text
from svcstd.documents.structures import Field, OwnKeys, Record
from svcstd.scoring import ActionKind, Improvement

__all__ = ["IMPROVEMENTS"]


def _improvement(key: str) -> Record:
    def build(**told: Any) -> Improvement:
        return Improvement(key=key, **told)

    return Record(
        build,
        (
            Field("kpi", Text("key of the figure that fell short")),
            Field("shortfall", Text("what was missing, in words")),
            Field("cause", Text("why, in words"), "", says="empty while nobody knows"),
            Field("action", Text("what is done about it, in words")),
            Field("kind", Choice(get_args(ActionKind))),
            Field("owner", Text("key of the role that sees to it"), ""),
            Field("opened", DAY),
            Field("due", DAY),
            Field("done", DAY, None),
            Field("edition", Text("day of the edition that keeps it"), ""),
        ),
        "one round of getting better",
    )


IMPROVEMENTS = OwnKeys(_improvement)
