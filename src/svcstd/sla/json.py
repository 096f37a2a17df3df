"""Readings as JSON and back, stable across minor versions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, get_args

import attrs
from pendulum.tz.timezone import Timezone

from svcstd.durations import duration_of, iso_duration
from svcstd.errors import KINDS, DefinitionError, SvcstdError
from svcstd.explain import Audience, Explanation
from svcstd.keyed import Keyed
from svcstd.moment import iso_moment, micros, moment, moment_of, timezone
from svcstd.readback import a_choice, a_list, a_text
from svcstd.sla.fold import Activity, ByHand, Promise, Waiver
from svcstd.sla.notice import Notice
from svcstd.sla.objective import Row, Scale
from svcstd.sla.reading import Breach, Reading, Segment, Verdict
from svcstd.sla.readings import Readings
from svcstd.sla.target_text import read_target
from svcstd.sla.targets import write_target

__all__ = ["reading_from_json", "reading_to_json", "readings_from_json", "readings_to_json"]

FORMAT = 1


def reading_to_json(reading: Reading, *, explanation: bool = True, for_: Audience = "agent") -> dict[str, Any]:
    """A plain mapping of one reading: moments as ISO 8601 with offset, durations as ISO 8601.

    Args:
        reading: one clock.
        explanation: the whole reckoning with it.
        for_: a customer gets no name of a colleague, team or role, and no word that was said among them.
    """
    told = reading.explanation.to_json(for_=for_) if explanation else None
    if for_ == "customer":
        reading = _without_colleagues(reading)
    zone = timezone(reading.zone)

    def at(instant: int | None) -> str | None:
        return None if instant is None else iso_moment(moment(instant, zone))

    found = {
        "objective": reading.objective,
        "name": reading.name,
        "cycle": reading.cycle,
        "row": reading.row,
        "target": write_target(reading.target),
        "edition": reading.edition,
        "zone": reading.zone,
        "calendar": reading.calendar,
        "digest": reading.digest,
        "as_of": at(reading.asked),
        "start": at(reading.started),
        "due": at(reading.due_at),
        "stop": at(reading.ended),
        "activity": reading.activity,
        "verdict": reading.verdict,
        "elapsed": _duration(reading.elapsed),
        "budget": _duration(reading.budget),
        "remaining": _duration(reading.remaining),
        "overrun": _duration(reading.overrun),
        "breached_at": at(reading.breached),
        "breaches": [{"at": at(breach.instant), "target": breach.target} for breach in reading.breaches],
        "act_by": at(reading.answer_by),
        "next_change": at(reading.changes),
        "count": reading.count,
        "advice": list(reading.advice),
        "exempt": reading.exempt,
        "group": reading.group,
        "agent": reading.agent,
        "waiver": None
        if reading.waiver is None
        else attrs.asdict(reading.waiver) | {"instant": at(reading.waiver.instant)},
        "problem": None if reading.problem is None else _problem(reading.problem),
        "assumptions": list(reading.assumptions),
        "notices": [_notice_json(notice) for notice in reading.notices],
        "coming": [_notice_json(notice) for notice in reading.coming],
        "segments": [
            segment._asdict()
            | {
                "start": at(segment.start),
                "end": at(segment.end),
                "counted": None if segment.counted is None else _duration(timedelta(0, 0, segment.counted)),
            }
            for segment in reading.segments
        ],
        "promises": [_promise_json(promise, zone) for promise in reading.promises],
        "earlier": [reading_to_json(one, explanation=explanation, for_=for_) for one in reading.earlier],
    }
    return found | ({} if told is None else {"explanation": told})


def _without_colleagues(reading: Reading) -> Reading:
    waiver = None if reading.waiver is None else Waiver(reading.waiver.instant)
    return attrs.evolve(
        reading,
        group=None,
        agent=None,
        waiver=waiver,
        notices=(),
        coming=(),
        segments=tuple(one._replace(group=None, agent=None) for one in reading.segments),
        promises=tuple(
            one if one.by_hand is None else one._replace(by_hand=ByHand(one.by_hand.instant))
            for one in reading.promises
        ),
    )


def _row_json(row: Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    scale = None
    if row.scale is not None:
        scale = attrs.asdict(row.scale, recurse=False) | {
            "times": str(row.scale.times),
            "of": write_target(row.scale.of),
        }
    found = {"key": row.key, "target": write_target(row.target), "calendar": row.calendar, "scale": scale}
    return found | ({"rule": row.rule} if row.rule else {})


def _promise_json(promise: Promise, zone: Timezone) -> dict[str, Any]:
    hand = promise.by_hand
    by_hand = None if hand is None else hand._asdict() | {"instant": iso_moment(moment(hand.instant, zone))}
    instants = {"at": iso_moment(moment(promise.at, zone)), "start": iso_moment(moment(promise.start, zone))}
    return promise._asdict() | instants | {"row": _row_json(promise.row), "by_hand": by_hand}


def _notice_json(notice: Notice) -> dict[str, Any]:
    at = iso_moment(notice.at)
    return {
        "key": notice.key,
        "level": notice.level,
        "threshold": notice.threshold,
        "to": list(notice.to),
        "at": at,
    }


def reading_from_json(found: Mapping[str, Any], *, is_earlier: bool = False) -> Reading:
    """The reading that :func:`reading_to_json` wrote; an earlier cycle has none before it."""
    earlier = a_list(found["earlier"])
    if is_earlier and earlier:
        raise ValueError("an earlier cycle holds no earlier ones")
    zone = _zone(found["zone"])

    def at(text: object) -> int | None:
        return None if text is None else _instant(text, zone)

    return Reading(
        objective=a_text(found["objective"]),
        name=a_text(found["name"]),
        cycle=_whole(found["cycle"]),
        row=a_text(found["row"]),
        target=read_target(a_text(found["target"])),
        edition=a_text(found["edition"]),
        zone=zone,
        calendar=a_text(found["calendar"]),
        digest=a_text(found["digest"]),
        asked=_instant(found["as_of"], zone),
        started=at(found["start"]),
        due_at=at(found["due"]),
        ended=at(found["stop"]),
        activity=a_choice(found["activity"], get_args(Activity)),
        verdict=a_choice(found["verdict"], get_args(Verdict)),
        elapsed=_amount(found["elapsed"]),
        budget=_amount(found["budget"]),
        remaining=_amount(found["remaining"]),
        overrun=_amount(found["overrun"]),
        breached=at(found["breached_at"]),
        breaches=tuple(Breach(_instant(one["at"], zone), a_text(one["target"])) for one in a_list(found["breaches"])),
        answer_by=at(found["act_by"]),
        changes=at(found["next_change"]),
        count=None if found["count"] is None else _whole(found["count"], low=None),
        advice=tuple(a_text(one) for one in a_list(found["advice"])),
        exempt=_flag(found["exempt"]),
        group=_maybe(found["group"]),
        agent=_maybe(found["agent"]),
        waiver=None if found["waiver"] is None else _waiver(found["waiver"], zone),
        problem=None if found["problem"] is None else _error(found["problem"]),
        assumptions=tuple(a_text(one) for one in a_list(found["assumptions"])),
        notices=tuple(_notice(one, found, zone) for one in a_list(found["notices"])),
        coming=tuple(_notice(one, found, zone) for one in a_list(found["coming"])),
        segments=tuple(_segment(one, zone) for one in a_list(found["segments"])),
        promises=tuple(_promise(one, zone) for one in a_list(found["promises"])),
        earlier=tuple(reading_from_json(one, is_earlier=True) for one in earlier),
        told=_told(found["explanation"]) if "explanation" in found else None,
    )


def readings_to_json(readings: Readings, *, explanation: bool = True, for_: Audience = "agent") -> dict[str, Any]:
    """A plain mapping of all clocks of a case."""
    return {
        "svcstd": FORMAT,
        "case": readings.case,
        "edition": readings.edition,
        "zone": readings.zone,
        "as_of": iso_moment(readings.as_of),
        "shows": readings.shows,
        "readings": {key: reading_to_json(one, explanation=explanation, for_=for_) for key, one in readings.items()},
        "unpromised": {key: reason.to_json() for key, reason in readings.unpromised.items()},
    }


def readings_from_json(found: Mapping[str, Any]) -> Readings:
    """The readings that :func:`readings_to_json` wrote.

    Raises:
        DefinitionError: another format, or not what it wrote: a part is missing, a value of another kind, an unknown
            message.
    """
    if not isinstance(found, Mapping) or found.get("svcstd") != FORMAT:
        value = repr(found.get("svcstd")) if isinstance(found, Mapping) else type(found).__name__
        raise DefinitionError("$.svcstd", "json.format", value=value, format=FORMAT)
    try:
        zone = _zone(found["zone"])
        return Readings(
            a_text(found["case"]),
            a_text(found["edition"]),
            zone,
            _instant(found["as_of"], zone),
            Keyed({key: reading_from_json(one) for key, one in found["readings"].items()}),
            Keyed({key: _told(reason) for key, reason in found["unpromised"].items()}),
            a_choice(found["shows"], ("order", "earliest due")),
        )
    except (LookupError, TypeError, AttributeError, ValueError, ArithmeticError) as error:
        raise DefinitionError("$", "json.shape", expected=f"what to_json wrote ({error})") from error


def _maybe(found: object) -> str | None:
    return None if found is None else a_text(found)


def _whole(found: object, *, low: int | None = 0) -> int:
    if type(found) is not int or (low is not None and found < low):
        raise TypeError(f"a whole number is wanted, not {found!r:.40}")
    return found


def _zone(found: object) -> str:
    timezone(a_text(found))
    return str(found)


def _instant(text: object, zone: str) -> int:
    return micros(moment_of(a_text(text), zone))


def _duration(amount: timedelta | None) -> str | None:
    return None if amount is None else iso_duration(amount)


def _amount(text: object) -> timedelta | None:
    return None if text is None else duration_of(a_text(text))


def _segment(found: Mapping[str, Any], zone: str) -> Segment:
    counted = _amount(found["counted"])
    return Segment(
        start=_instant(found["start"], zone),
        end=_instant(found["end"], zone),
        activity=a_choice(found["activity"], get_args(Activity)),
        group=_maybe(found["group"]),
        agent=_maybe(found["agent"]),
        calendar=a_text(found["calendar"]),
        target=a_text(found["target"]),
        counted=None if counted is None else counted // timedelta(microseconds=1),
        reason=a_text(found["reason"]),
    )


def _waiver(found: Mapping[str, Any], zone: str) -> Waiver:
    return Waiver(_instant(found["instant"], zone), _maybe(found["actor"]), _maybe(found["words"]))


def _promise(found: Mapping[str, Any], zone: str) -> Promise:
    row = found["row"]
    return Promise(
        at=_instant(found["at"], zone),
        row=None if row is None else _row(row),
        start=_instant(found["start"], zone),
        reason=a_text(found["reason"]),
        by_hand=None if found["by_hand"] is None else ByHand(*attrs.astuple(_waiver(found["by_hand"], zone))),
        paused=_flag(found["paused"]),
    )


def _row(found: Mapping[str, Any]) -> Row:
    scale = found["scale"]
    return Row(
        a_text(found["key"]),
        read_target(a_text(found["target"])),
        a_text(found["calendar"]),
        None
        if scale is None
        else Scale(
            a_text(scale["by"]),
            a_text(scale["value"]),
            _factor(a_text(scale["times"])),
            read_target(a_text(scale["of"])),
        ),
        a_text(found.get("rule", "")),
    )


def _factor(text: str) -> Decimal:
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text, re.ASCII):
        raise ValueError(f"{text!r:.40} is no factor")
    return Decimal(text)


def _flag(found: object) -> bool:
    if not isinstance(found, bool):
        raise TypeError(f"true or false is wanted, not {found!r:.40}")
    return found


def _notice(found: Mapping[str, Any], reading: Mapping[str, Any], zone: str) -> Notice:
    return Notice(
        key=a_text(found["key"]),
        objective=a_text(reading["objective"]),
        level=_whole(found["level"]),
        threshold=a_text(found["threshold"]),
        to=tuple(a_text(one) for one in a_list(found["to"])),
        instant=_instant(found["at"], zone),
        zone=zone,
    )


def _told(found: Mapping[str, Any]) -> Explanation:
    told = Explanation.from_json(found)
    told.text()  # a message that no catalogue knows is refused here, not when somebody reads it
    return told


def _problem(problem: SvcstdError) -> dict[str, object]:
    params = Explanation(problem.message, tuple(problem.params.items())).to_json().get("params", {})  # type: ignore[arg-type]
    return {"error": type(problem).__name__, "where": problem.where, "message": problem.message, "params": params}


def _error(found: Mapping[str, Any]) -> SvcstdError:
    params = Explanation.from_json({"message": "", "params": found["params"]}).params
    error = KINDS[found["error"]](a_text(found["where"]), a_text(found["message"]), **dict(params))
    error.text()  # as for an explanation
    return error
