"""Readings as JSON and back, stable across minor versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import attrs

import svcstd.errors
from svcstd.errors import DefinitionError, SvcstdError
from svcstd.explain import Explanation
from svcstd.keyed import Keyed
from svcstd.moment import duration_of, iso_duration, iso_moment, micros, moment, moment_of, timezone
from svcstd.sla.reading import Breach, Reading, Segment
from svcstd.sla.readings import Readings
from svcstd.sla.targets import read_target, write_target

__all__ = ["reading_from_json", "reading_to_json", "readings_from_json", "readings_to_json"]

FORMAT = 1


def reading_to_json(reading: Reading, *, explanation: bool = True) -> dict[str, Any]:
    """A plain mapping of one reading: moments as ISO 8601 with offset, durations as ISO 8601.

    >>> # see readings_from_json for the way back
    """
    zone = timezone(reading.zone)

    def at(instant: int | None) -> str | None:
        return None if instant is None else iso_moment(moment(instant, zone))

    found = {
        "objective": reading.objective,
        "name": reading.name,
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
        "remaining": _duration(reading.remaining),
        "breached_at": at(reading.breached),
        "breaches": [{"at": at(breach.instant), "target": breach.target} for breach in reading.breaches],
        "next_change": at(reading.changes),
        "problem": None if reading.problem is None else _problem(reading.problem),
        "assumptions": list(reading.assumptions),
        "segments": [
            attrs.asdict(segment)
            | {
                "start": at(segment.start),
                "end": at(segment.end),
                "counted": None if segment.counted is None else _duration(timedelta(0, 0, segment.counted)),
            }
            for segment in reading.segments
        ],
    }
    return found | ({"explanation": reading.explanation.to_json()} if explanation else {})


def reading_from_json(found: Mapping[str, Any]) -> Reading:
    """The reading that :func:`reading_to_json` wrote."""
    zone = found["zone"]

    def at(text: str | None) -> int | None:
        return None if text is None else _instant(text, zone)

    told = found.get("explanation")
    return Reading(
        objective=found["objective"],
        name=found["name"],
        row=found["row"],
        target=read_target(found["target"]),
        edition=found["edition"],
        zone=zone,
        calendar=found["calendar"],
        digest=found["digest"],
        asked=_instant(found["as_of"], zone),
        started=at(found["start"]),
        due_at=at(found["due"]),
        ended=at(found["stop"]),
        activity=found["activity"],
        verdict=found["verdict"],
        elapsed=_amount(found["elapsed"]),
        remaining=_amount(found["remaining"]),
        breached=at(found["breached_at"]),
        breaches=tuple(Breach(_instant(breach["at"], zone), breach["target"]) for breach in found["breaches"]),
        changes=at(found["next_change"]),
        problem=None if found["problem"] is None else _error(found["problem"]),
        assumptions=tuple(found["assumptions"]),
        segments=tuple(_segment(segment, zone) for segment in found["segments"]),
        told=None if told is None else Explanation.from_json(told),
    )


def readings_to_json(readings: Readings, *, explanation: bool = True) -> dict[str, Any]:
    """A plain mapping of all clocks of a case."""
    return {
        "svcstd": FORMAT,
        "case": readings.case,
        "edition": readings.edition,
        "zone": readings.zone,
        "as_of": iso_moment(readings.as_of),
        "readings": {key: reading_to_json(one, explanation=explanation) for key, one in readings.items()},
        "unpromised": {key: reason.to_json() for key, reason in readings.unpromised.items()},
    }


def readings_from_json(found: Mapping[str, Any]) -> Readings:
    """The readings that :func:`readings_to_json` wrote.

    Raises:
        DefinitionError: another format, or a part is missing.
    """
    if found.get("svcstd") != FORMAT:
        raise DefinitionError("$.svcstd", "json.format", value=repr(found.get("svcstd")), format=FORMAT)
    try:
        return Readings(
            found["case"],
            found["edition"],
            found["zone"],
            _instant(found["as_of"], found["zone"]),
            Keyed({key: reading_from_json(one) for key, one in found["readings"].items()}),
            Keyed({key: Explanation.from_json(reason) for key, reason in found["unpromised"].items()}),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise DefinitionError("$", "json.shape", expected=f"what to_json wrote ({error})") from error


def _instant(text: str, zone: str) -> int:
    return micros(moment_of(text, zone))


def _duration(amount: timedelta | None) -> str | None:
    return None if amount is None else iso_duration(amount)


def _amount(text: str | None) -> timedelta | None:
    return None if text is None else duration_of(text)


def _segment(found: Mapping[str, Any], zone: str) -> Segment:
    counted = _amount(found["counted"])
    exact = None if counted is None else counted // timedelta(microseconds=1)
    return Segment(
        **{
            **found,
            "start": _instant(found["start"], zone),
            "end": _instant(found["end"], zone),
            "counted": exact,
        }
    )


def _problem(problem: SvcstdError) -> dict[str, object]:
    params = Explanation(problem.message, tuple(problem.params.items())).to_json().get("params", {})  # type: ignore[arg-type]
    return {"error": type(problem).__name__, "where": problem.where, "message": problem.message, "params": params}


def _error(found: Mapping[str, Any]) -> SvcstdError:
    kind = getattr(svcstd.errors, found["error"])
    params = Explanation.from_json({"message": "", "params": found["params"]}).params
    return kind(found["where"], found["message"], **dict(params))  # type: ignore[no-any-return]
