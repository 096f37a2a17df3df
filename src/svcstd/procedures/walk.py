"""Where a case stands in a procedure, and what is owed there; a pure function of facts and what was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

import attrs

from svcstd.conditions import Facts, FactValue, show_condition, show_facts
from svcstd.errors import UnknownName, nearest
from svcstd.explain import Explanation, because
from svcstd.keyed import EMPTY, Keyed, as_keyed, as_tuple
from svcstd.procedures.forms import Form, Script
from svcstd.procedures.procedure import Procedure, Step

__all__ = ["Done", "Standing", "Walk", "walk"]

Standing: TypeAlias = Literal["open", "undecided", "stuck", "exhausted", "finished"]


@attrs.frozen
class Done:
    """A step that was done, and what was learnt with it.

    Attributes:
        step: its id.
        facts: what is known from then on.
    """

    step: str
    facts: Keyed[str, FactValue] = attrs.field(default=EMPTY, converter=as_keyed)


@attrs.frozen
class Walk:
    """Where a case stands.

    Attributes:
        standing: ``open`` (the step is to be done), ``undecided`` (facts are missing), ``stuck`` (no way on fits),
            ``exhausted`` (the step was tried as often as it may be), ``finished``.
        step: id of the step where it stands.
        lane: the role that does it.
        path: the steps that led there, in order, that one included.
        forms_owed: by form, the required fields still empty, of all steps on the way.
        waits_for: facts that are missing to go on.
        script: what to say at the step; ``None`` for nothing, or a script that was not given.
        strays: steps said to be done that are not on the way.
        explanation: each turn with its reason.
    """

    standing: Standing
    step: str
    lane: str
    path: tuple[str, ...] = attrs.field(converter=as_tuple)
    forms_owed: Keyed[str, tuple[str, ...]] = attrs.field(converter=as_keyed)
    waits_for: tuple[str, ...] = attrs.field(converter=as_tuple)
    script: Script | None
    strays: tuple[str, ...] = attrs.field(converter=as_tuple)
    explanation: Explanation = attrs.field(eq=False, repr=False)

    def say(self, **values: str) -> str:
        """The script of the step with its slots filled; empty where there is nothing to say.

        Raises:
            UnknownName: a slot without a value, or a value without a slot.
        """
        return "" if self.script is None else self.script.say(**values)


def walk(
    procedure: Procedure,
    facts: Mapping[str, Any],
    done: Iterable[str | Done] = (),
    *,
    forms: Mapping[str, Form] = EMPTY,
    scripts: Mapping[str, Script] = EMPTY,
    filled: Mapping[str, Mapping[str, object]] = EMPTY,
) -> Walk:
    """Where a case stands: from the start, over steps that are done and questions that facts answer.

    What was done decides where facts would now decide otherwise: a question whose answer has changed since is answered
    by the step that was done after it.

    Args:
        procedure: the steps.
        facts: what is known of the case.
        done: the steps that were done, in order, each as often as it was done, with what was learnt.
        forms: by id, the forms that steps name; one that is not given is owed as a whole.
        scripts: by id, the scripts that steps name.
        filled: by form, what is filled in.

    Raises:
        FactError: a fact that is not declared, or of another kind.
        UnknownName: a step or a field that does not exist.

    >>> from svcstd.conditions import Eq, FactSchema, FactType
    >>> from svcstd.procedures import Step, Way
    >>> procedure = Procedure(
    ...     facts=FactSchema({"easy": FactType("true or false")}),
    ...     start="call",
    ...     lane="desk",
    ...     steps={
    ...         "call": Step(text="take the call", ways=[Way("ask")]),
    ...         "ask": Step(kind="ask", text="easy?", ways=[Way("end", Eq("easy", True)), Way("help", otherwise=True)]),
    ...         "help": Step(kind="hand", text="call an engineer", to="engineer", ways=[Way("end")]),
    ...         "end": Step(kind="end", text="end"),
    ...     },
    ... )
    >>> found = walk(procedure, {}, done=["call"])
    >>> found.standing, found.step, found.waits_for
    ('undecided', 'ask', ('easy',))
    >>> walk(procedure, {"easy": False}, done=["call"]).step
    'help'
    """
    return _Walker(procedure, procedure.facts.exact(facts), done).walk(forms, scripts, filled)


class _Walker:
    """One walk."""

    def __init__(self, procedure: Procedure, facts: Facts, done: Iterable[str | Done]) -> None:
        self._procedure, self._steps = procedure, procedure.steps
        self._facts = dict(facts)
        self._waiting = [Done(one) if isinstance(one, str) else one for one in done]
        for number, one in enumerate(self._waiting):
            if one.step not in self._steps:
                near = nearest(one.step, self._steps)
                raise UnknownName(f"done[{number}]", "procedures.step", value=one.step, nearest=near)
        self._most = len(self._waiting) + 1
        self._path = [procedure.start]
        self._visits: Counter[str] = Counter(self._path)
        self._reasons: list[Explanation] = []

    def walk(
        self,
        forms: Mapping[str, Form],
        scripts: Mapping[str, Script],
        filled: Mapping[str, Mapping[str, object]],
    ) -> Walk:
        """The whole way."""
        standing: Standing | None = None
        while standing is None:
            standing = self._on()
        key = self._path[-1]
        step = self._steps[key]
        waits = [name for name in sorted(step.fields) if self._facts.get(name) is None]
        return Walk(
            standing=standing,
            step=key,
            lane=self._procedure.lane_of(key),
            path=self._path,
            forms_owed=self._owed(forms, filled),
            waits_for=waits if standing == "undecided" else (),
            script=scripts.get(step.say),
            strays=[one.step for one in self._waiting],
            explanation=because(f"procedures.{standing}", *self._reasons, step=key, text=step.text),
        )

    def _on(self) -> Standing | None:
        """One step on; the standing where it does not go on."""
        key = self._path[-1]
        step = self._steps[key]
        if step.kind == "end":
            return "finished"
        if step.again and self._visits[key] > step.again:
            return "exhausted"
        if step.kind != "ask" and not self._was_done(key):
            return "open"
        to = self._turn(step)
        if to is None:
            return "undecided" if any(self._facts.get(name) is None for name in step.fields) else "stuck"
        if self._visits[to] > self._most:  # questions that lead in a round
            return "stuck"
        self._path.append(to)
        self._visits[to] += 1
        return None

    def _was_done(self, key: str) -> bool:
        """Whether the next thing done is this step; what was learnt with it is known from now on."""
        if not self._waiting or self._waiting[0].step != key:
            return False
        learnt = self._procedure.facts.exact(self._waiting.pop(0).facts)
        self._facts |= learnt
        return True

    def _turn(self, step: Step) -> str | None:
        """The next step, by what was done after it, else by the facts."""
        if step.is_settled:
            return step.ways[0].to
        by_facts = next((way for way in step.ways if not way.otherwise and way.when.holds(self._facts) is True), None)
        last = step.ways[-1]
        is_open = any(way.when.holds(self._facts) is None for way in step.ways if not way.otherwise)
        if by_facts is None and last.otherwise and not is_open:
            by_facts = last
        if self._waiting and (by_facts is None or not self._leads(by_facts.to, self._waiting[0].step)):
            leading = [way for way in step.ways if self._leads(way.to, self._waiting[0].step)]
            if len(leading) == 1:
                self._reasons.append(because("procedures.went", to=leading[0].to, done=self._waiting[0].step))
                return leading[0].to
        if by_facts is None:
            return None
        test = "-" if by_facts.otherwise else show_condition(by_facts.when)
        read = show_facts(sorted(step.fields), self._facts)
        self._reasons.append(because("procedures.turned", to=by_facts.to, test=test, facts=read))
        return by_facts.to

    def _leads(self, key: str, done: str) -> bool:
        """Whether a step is this one, or only questions lie before it."""
        seen, waiting = {key}, [key]
        while waiting:
            one = waiting.pop()
            if one == done:
                return True
            if self._steps[one].kind == "ask":
                further = [way.to for way in self._steps[one].ways if way.to not in seen]
                seen.update(further)
                waiting += further
        return False

    def _owed(
        self, forms: Mapping[str, Form], filled: Mapping[str, Mapping[str, object]]
    ) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name in dict.fromkeys(form for key in self._path for form in self._steps[key].fill):
            if name in forms:
                missing = forms[name].missing(filled.get(name, EMPTY))
            else:
                missing = () if filled.get(name) else ("*",)
            found |= {name: missing} if missing else {}
        return found
