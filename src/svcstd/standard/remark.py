"""What a review says of a part that is no rule, step or plan: a kind, how bad it is, and the reason in words."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from svcstd.explain import Explanation
from svcstd.rules import Severity

__all__ = ["Remark", "RemarkKind"]

RemarkKind: TypeAlias = Literal[
    "no_row",
    "coverage_ended",
    "coverage_ends",
    "provisional",
    "symbolic",
    "wished_kept",
    "not_kept",
    "no_objective",
    "slower",
    "after_hours",
    "unused",
    "double",
    "not_taught",
    "weights",
    "unreviewed",
    "idle",
    "no_cause",
    "no_owner",
    "overdue",
    "not_judged",
    "judged_early",
    "not_kept_up",
    "kept_in_vain",
    "no_help",
    "untranslated",
    "overtaken",
]


@attrs.frozen(kw_only=True)
class Remark:
    """One remark about a standard.

    Attributes:
        kind: ``no_row`` (a declared value without a promise), ``coverage_ended``, ``coverage_ends``, ``provisional``
            (of holidays), ``symbolic`` (a time that nobody can count), ``wished_kept`` (a clause that is only wished
            for, kept by a part that is in force), ``not_kept`` (a commitment that nothing keeps), ``no_objective`` (a
            channel to which nothing is promised), ``slower`` (complaints are promised less than others),
            ``after_hours`` (a time of day at which nobody works), ``unused`` (declared and never named), ``double``
            (two duties for one act), ``not_taught`` (a certificate that a role needs and is not taught), ``weights``
            (that do not sum to 1), ``unreviewed`` (an answer that nobody has read again), ``idle`` (a change that
            changes nothing, or a waiver of nothing); of improvements ``no_cause``, ``no_owner``, ``overdue``,
            ``not_judged``, ``judged_early``, ``not_kept_up`` (it helped, and no edition keeps it), ``kept_in_vain``
            (an edition keeps what did not help) and ``no_help``; ``overtaken`` (a pilot beside which an edition
            begins), ``untranslated`` (words that a language of the folder does not have).
        severity: ``error``, ``warning`` or ``info``.
        why: in words.
    """

    kind: RemarkKind
    severity: Severity
    why: Explanation
    witness: None = None
    example: str = ""

    def sentence(self, language: str = "en") -> str:
        """The remark in words."""
        return self.why.sentence(language)
