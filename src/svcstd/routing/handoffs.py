"""Hand-offs: work moves on while its owner stays; too many moves, and moves back and forth, are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

import attrs

from svcstd.errors import DefinitionError, must_be
from svcstd.explain import Explanation, because
from svcstd.keyed import as_tuple
from svcstd.moment import micros

__all__ = ["Custody", "Handoff", "HandoffRule", "custody"]


@attrs.frozen
class Handoff:
    """Work goes from one hand to another.

    Attributes:
        at: when.
        to: the team, role or agent who has it from then on.

    Raises:
        MomentError: a naive moment.
    """

    at: datetime
    to: str

    def __attrs_post_init__(self) -> None:
        micros(self.at)
        must_be(self.to, str, "to", "a text")


@attrs.frozen
class HandoffRule:
    """How often work may be handed on.

    Attributes:
        owner: who answers to the customer, whoever has the work.
        most: hand-offs between others than the owner; ``None`` for any number. Giving it out and back is none.
        most_returns: how often two of them may give it back to each other; ``None`` for any number.

    Raises:
        DefinitionError: no owner, or a negative number.
    """

    owner: str
    most: int | None = None
    most_returns: int | None = None

    def __attrs_post_init__(self) -> None:
        if not self.owner:
            raise DefinitionError("owner", "shape.empty")
        for name in ("most", "most_returns"):
            value = getattr(self, name)
            if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
                raise DefinitionError(name, "agents.whole", value=repr(value))


@attrs.frozen
class Custody:
    """In whose hands work is and was.

    Attributes:
        owner: who answers for it throughout.
        holder: who has it now.
        path: all hands in order, the owner first.
        hops: hand-offs between others than the owner.
        returns: how often somebody gave it back to the one it came from; what goes back to the owner is none.
        explanation: each hand-off, and each limit that is broken.
        broken: the limits that are broken: ``hops``, ``ping-pong``.
    """

    owner: str
    holder: str
    path: tuple[str, ...] = attrs.field(converter=as_tuple)
    hops: int
    returns: int
    broken: tuple[str, ...] = attrs.field(converter=as_tuple)
    explanation: Explanation = attrs.field(eq=False, repr=False)


def custody(rule: HandoffRule, handoffs: Iterable[Handoff]) -> Custody:
    """Where the hand-offs have led; those of one moment in the order given, and to the same hands are none.

    >>> day = datetime.fromisoformat("2026-04-01T09:00Z")
    >>> steps = [Handoff(day, "dev"), Handoff(day, "field"), Handoff(day, "dev")]
    >>> found = custody(HandoffRule("desk", most=1, most_returns=0), steps)
    >>> found.holder, found.hops, found.returns, found.broken
    ('dev', 2, 1, ('hops', 'ping-pong'))
    """
    path, moves = [rule.owner], []
    for one in sorted(handoffs, key=lambda handoff: micros(handoff.at)):
        if one.to != path[-1]:
            moves.append(because("handoffs.moved", sender=path[-1], to=one.to, at=one.at))
            path.append(one.to)
    between = [move for move in pairwise(path) if rule.owner not in move]
    back: Counter[tuple[str, str]] = Counter()
    before: dict[frozenset[str], tuple[str, str]] = {}
    for move in between:
        pair = frozenset(move)
        back[min(move), max(move)] += before.get(pair, move) != move
        before[pair] = move
    broken = []
    if rule.most is not None and len(between) > rule.most:
        broken.append("hops")
        moves.append(because("handoffs.hops", hops=len(between), most=rule.most))
    for (first, second), count in back.items():
        if rule.most_returns is not None and count > rule.most_returns:
            broken.append("ping-pong")
            moves.append(because("handoffs.ping_pong", first=first, second=second, count=count))
    told = because("handoffs.holder", *moves, owner=rule.owner, holder=path[-1])
    return Custody(rule.owner, path[-1], path, len(between), back.total(), dict.fromkeys(broken), told)
